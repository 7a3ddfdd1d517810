import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { messagesOf } from '../../infra/languages.ts';
import { authoredEvent } from '../../shared/event/definition/event-definition.schema.ts';
import { LANGUAGE_TAGS } from '../../shared/kernel/i18n/languages.ts';

type Node = z.core.JSONSchema.JSONSchema;
type Fields = Readonly<Record<string, Node>>;

const { questions, quotas, title } = authoredEvent.unwrap().shape;
const shared = z.registry<{ id: string }>();
shared.add(title, { id: 'text' });
shared.add(quotas.element.shape.when.unwrap(), { id: 'condition' });
const schema = z.toJSONSchema(authoredEvent, { io: 'input', target: 'draft-7', metadata: shared }) as Node;
const { condition } = schema.definitions as Fields;

/** What is changed elsewhere: the programme, what became of the event, and the count of its changes. */
const ELSEWHERE = ['sessions', 'status', 'version'];
/** Fields that stand in two places have their words at the first. */
const usualPlace = (path: string): string =>
  path.replace(/^feedback\.event\./, 'feedback.session.').replace(/^minors\.consents\./, 'consents.');

interface Needs {
  /** What needs a word, by the keys under which it may be: the first that there is counts. */
  readonly needed: readonly (readonly string[])[];
  /** Paths of all fields. */
  readonly paths: readonly string[];
}

const variantsOf = (node: Node): readonly Node[] => [node, ...((node.oneOf ?? []) as Node[])];

/** Fields inside a part, and in its parts. */
function needsOf(part: Node, at = ''): Needs {
  const all = variantsOf(part).flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties as Fields)
      .filter(([name]) => at !== '' || !ELSEWHERE.includes(name))
      .map(([name, node]): Needs => {
        const path = at === '' ? name : `${at}.${name}`;
        const [key, inside] = [usualPlace(path), (node.items ?? node) as Node];
        const isPart = variantsOf(inside).some(({ properties: own }) => own !== undefined);
        const values = [inside.enum ?? inside.const ?? []].flat();
        const inner = isPart ? needsOf(inside, path) : { needed: [], paths: [] };
        const needed = [
          isPart ? [`part.${key}`] : [`field.${key}`, `usual.${name}`],
          ...(node.items || (isPart && !required.includes(name)) ? [[`add.${key}`]] : []),
          ...values.map((value) => [`value.${key}.${value}`]),
          ...inner.needed,
        ];
        return { needed, paths: [key, ...inner.paths] };
      }),
  );
  return { needed: all.flatMap((each) => each.needed), paths: all.flatMap((each) => each.paths) };
}

const { needed, paths } = needsOf(schema);
const kinds = (condition?.anyOf ?? []).map((each) => Object.keys((each as Node).properties ?? {})[0]);
const conditions = [...kinds, 'answers', 'none', 'add', 'remove'].map((kind) => [`when.${kind}`]);
const basics = [['part.basics']];
/** A field of each of these may have a hint, and a part at the top an explanation. */
const optional = [...paths.map((path) => `hint.${path}`), ...paths.map((path) => `explain.${path.split('.')[0]}`)];

describe('the words of the forms of a definition', () => {
  const all = [...needed, ...conditions, ...basics];

  it('are looked for in every part: fields, lists, answers and conditions', () => {
    expect(paths).toContain('certificate.leastShare');
    expect(all).toContainEqual(['part.questions.options']);
    expect(all).toContainEqual(['add.minors']);
    expect(all).toContainEqual(['value.certificate.kind.sessions']);
    for (const type of questions.element.shape.type.options)
      expect(all).toContainEqual([`value.questions.type.${type}`]);
    expect(kinds).toEqual(['category', 'mode', 'country', 'session', 'question', 'all', 'any', 'not']);
  });

  it.each(LANGUAGE_TAGS)('are all there, and no others: %s', (language) => {
    const words = Object.keys(messagesOf(language, 'console') ?? {})
      .filter((key) => key.startsWith('definition.'))
      .map((key) => key.slice('definition.'.length));
    const said = all.map((keys) => keys.find((key) => words.includes(key)));
    expect(all.filter((_, index) => said[index] === undefined)).toEqual([]);
    const known = new Set([...said, ...optional]);
    expect(words.filter((key) => !known.has(key))).toEqual([]);
  });
});
