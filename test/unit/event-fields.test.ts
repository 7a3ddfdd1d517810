import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { checkEvent } from '../../cli/event-file.ts';
import { authoredEvent } from '../../shared/event/definition/event-definition.schema.ts';
import words from '../../shared/event/definition/event-fields.json' with { type: 'json' };
import { formatOf } from '../../shared/event/definition/fit-definition.case.ts';

type Node = z.core.JSONSchema.JSONSchema;
type Fields = Readonly<Record<string, Node>>;

const FORUM = readFileSync('events/asean-ict-forum.yaml', 'utf8');
const { quotas, title } = authoredEvent.unwrap().shape;
const shared = z.registry<{ id: string }>();
shared.add(title, { id: 'text' });
shared.add(quotas.element.shape.when.unwrap(), { id: 'condition' });

/** The definition's schema for editors: draft 7 is what all of them read. */
const schema = z.toJSONSchema(authoredEvent, {
  target: 'draft-7',
  io: 'input',
  metadata: shared,
  override({ zodSchema, jsonSchema }) {
    const said = formatOf(zodSchema);
    if (said) Object.assign(jsonSchema, { patternErrorMessage: said });
    // Editors check a format by themselves, and say how it is written.
    if (jsonSchema.format) delete jsonSchema.pattern;
    if (jsonSchema.format === 'uri') jsonSchema.pattern = '^https://';
    for (const bound of ['minimum', 'maximum'] as const)
      if (Math.abs(Number(jsonSchema[bound])) === Number.MAX_SAFE_INTEGER) delete jsonSchema[bound];
  },
}) as Node;

interface Field {
  readonly path: string;
  readonly node: Node;
  readonly isRequired: boolean;
  readonly words: string | undefined;
  /** Where the same fields stand already. */
  readonly as?: string | undefined;
}

const TEXTS: Readonly<Record<string, string>> = words;
const used = new Set<string>();
/** By what is in it, a part with more than a name. */
const known = new Map<string, string>();

function wordsOf(path: string): string | undefined {
  const key = [path, `*.${path.split('.').at(-1)}`].find((each) => each in TEXTS);
  if (key !== undefined) used.add(key);
  return key === undefined ? undefined : TEXTS[key];
}

/** The fields in a part, and in its parts, each with its words, which are written into the schema. */
function fieldsIn(part: Node, at: string, wordsAt = at): readonly Field[] {
  if (part.items) return fieldsIn(part.items as Node, at, wordsAt);
  const own = Object.entries((part.properties ?? {}) as Fields).flatMap(([name, node]): readonly Field[] => {
    const [path, wordsPath] = [at, wordsAt].map((each) => (each === '' ? name : `${each}.${name}`)) as [string, string];
    const form = JSON.stringify(node.items ?? node);
    const as = known.get(form);
    if (!as && form.split('"type":"').length > 3) known.set(form, path);
    const field = { path, node, isRequired: part.required?.includes(name) ?? false, words: wordsOf(wordsPath), as };
    const inside = fieldsIn(node, path, as ?? wordsPath);
    node.description = field.words;
    return [field, ...inside];
  });
  return [...own, ...[...(part.anyOf ?? []), ...(part.oneOf ?? [])].flatMap((each) => fieldsIn(each as Node, at))];
}

const fields = fieldsIn(schema, '');
const conditions = fieldsIn((schema.definitions as Fields)['condition'] as Node, 'condition');

const ID = 'lower-case letters, digits and hyphens';
const code = (text: unknown): string => `\`${text}\``;

/** `, 1 to 20`, `, at least 2`; nothing where any will do. */
function bounds(least?: number, most?: number, above?: number | boolean): string {
  if (above !== undefined) return `, above ${above}${most === undefined ? '' : `, at most ${most}`}`;
  if (least !== undefined && most !== undefined) return `, ${least} to ${most}`;
  if (least === undefined && most === undefined) return '';
  return least === undefined ? `, at most ${most}` : `, at least ${least}`;
}

const listOf = ({ minItems, maxItems }: Node): string => `list${bounds(minItems, maxItems)}`;

/** What a field may hold. */
function contentOf(node: Node): string {
  const { patternErrorMessage: said } = node as { patternErrorMessage?: string };
  const reference = [node, ...(node.allOf ?? [])].map((each) => (each as Node).$ref?.split('/').at(-1));
  if (reference.includes('text')) return '[text](#texts-and-ids)';
  if (reference.includes('condition')) return '[condition](#conditions)';
  if (node.items) {
    const { properties } = node.items as Node;
    const what = properties ? Object.keys(properties).map(code).join(', ') : contentOf(node.items as Node);
    return `${listOf(node)}, of ${what}`;
  }
  if (node.enum ?? node.const) return [node.enum ?? node.const].flat().map(code).join(', ');
  if (said?.endsWith(ID) && node.pattern) return '[id](#texts-and-ids)';
  if (said) return said.replace('expected ', '') + (node.maxLength ? `, at most ${node.maxLength} characters` : '');
  if (node.type === 'string') return `text${node.maxLength ? ` of at most ${node.maxLength} characters` : ''}`;
  if (node.type === 'boolean') return '`true` or `false`';
  if (node.type === 'integer' || node.type === 'number')
    return (
      (node.type === 'integer' ? 'whole number' : 'number') + bounds(node.minimum, node.maximum, node.exclusiveMinimum)
    );
  return 'fields';
}

const HEAD = `# The event file

All that a file of \`events/\` may say, by which one event is published; its owners change the same in the console, under *Set-up*.
\`npm run event -- check\` says each mistake of a file with its line. Generated from the
schema and from \`shared/event/definition/event-fields.json\` (\`npx vitest run test/unit/event-fields.test.ts -u\`), as
\`docs/event-file.schema.json\` is for editors: one that speaks YAML completes and explains fields, and marks mistakes as you type, by the file's first line
(in Visual Studio Code with the extension *YAML*):

\`\`\`yaml
# yaml-language-server: $schema=../docs/event-file.schema.json
\`\`\`

- Start from \`events/asean-ict-forum.yaml\`, which uses nearly all of it: copy it to a file of its own in \`events/\`, with an \`id\` of its own.
- **On this machine**, \`npm start\` publishes each file of \`events/\`, and again where one has changed since the last start. Its page is at \`/e/\` and its id.
  A file is also published, and whoever works on it invited, while the system runs, by any region and credentials; *operator.json* in \`.local/\` has the endpoint,
  as \`dynamodb\`:

\`\`\`sh
export AWS_REGION=ap-southeast-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
npm run event -- publish my-event.yaml --closed --table plenary-registry --outbox plenary-outbox --audit plenary-audit --endpoint http://127.0.0.1:…
npm run organiser -- invite my-event --table plenary-registry --audit plenary-audit --site http://localhost:3000 --endpoint http://127.0.0.1:…
\`\`\`

- **On AWS**, \`npm run deploy\` publishes what the table does not have, and \`npm run event -- publish\` everything else:
  [operations](operations.md#before-you-deploy).
- What organisers decide by it is told in [organisers.md](organisers.md).

## Texts and ids

A **text** is written in each language of \`languages\`: \`{ en: Media, km: … }\`, or one language on each line below its field. A text with a comma or a colon
needs quotes. An **id** has ${ID}, at most 40 characters.`;

const rows = (all: readonly Field[], within: string): string =>
  ['| field | what it is | value | |', '| --- | --- | --- | --- |']
    .concat(
      all.map(({ path, node, isRequired, words, as }) => {
        const value =
          as === undefined ? contentOf(node) : `list, each as in [${code(as)}](#${as.split('.')[0]?.toLowerCase()})`;
        const otherwise = Array.isArray(node.default) ? '' : `else ${code(node.default)}`;
        const needed = isRequired ? 'required' : node.default === undefined ? '' : otherwise;
        return `| ${code(path.slice(within.length))} | ${words} | ${value} | ${needed} |`;
      }),
    )
    .join('\n');

function page(): string {
  const isPart = ({ node }: Field) =>
    node.items ? Boolean((node.items as Node).properties) : contentOf(node) === 'fields';
  const top = fields.filter(({ path }) => !path.includes('.'));
  const parts = top.filter(isPart).map(({ path, words, node, isRequired }) => {
    const inside = fields.filter((each) => each.path.startsWith(`${path}.`));
    const shown = inside.filter(({ path: own }) => !inside.some(({ as, path }) => as && own.startsWith(`${path}.`)));
    const what = [...(node.items ? [listOf(node)] : []), ...(isRequired ? ['required'] : [])].join('; ');
    return `## ${path}\n\n${words}${what && ` *(${what})*`}\n\n${rows(shown, `${path}.`)}`;
  });
  const plain = `## The event itself\n\n${rows(
    top.filter((each) => !isPart(each)),
    '',
  )}`;
  const when = `## Conditions\n\nWhom a question or a quota concerns: exactly one of these, \`{ category: [media] }\`; several go into \`all\`.\n\n${rows(
    conditions.map((each) => ({ ...each, isRequired: false })),
    'condition.',
  )}`;
  return [HEAD, plain, ...parts, when].join('\n\n').concat('\n');
}

describe('the reference of the event file', () => {
  it('says what each field is, and nothing of fields that there are not', () => {
    expect([...fields, ...conditions].filter((each) => !each.words).map(({ path }) => path)).toEqual([]);
    expect(Object.keys(TEXTS).filter((key) => !used.has(key))).toEqual([]);
  });

  it('is what the schema says: -u writes it anew', async () => {
    await expect(page()).toMatchFileSnapshot('../../docs/event-file.md');
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../docs/event-file.schema.json');
  });

  it('is known to editors by the first line of the sample, which is right by it', () => {
    expect(FORUM.split('\n')[0]).toBe('# yaml-language-server: $schema=../docs/event-file.schema.json');
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema as object);
    expect([validate(parse(FORUM)), validate.errors]).toEqual([true, null]);
    for (const [before, after] of [
      ['timeZone:', 'timezone:'],
      ['capacity: 400', 'capacity: -400'],
      ['when: { mode: [in-person] }', 'when: { modes: [in-person] }'],
      ['start: 08:00', 'start: 8:00'],
    ] as const) {
      const wrong = FORUM.replace(before, after);
      expect([before, validate(parse(wrong)), checkEvent(wrong).length > 0]).toEqual([before, false, true]);
    }
  });
});
