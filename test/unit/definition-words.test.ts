import { describe, expect, it } from 'vitest';
import { loadEvent } from '../../cli/event-file.ts';
import { messagesOf } from '../../infra/languages.ts';
import {
  type DefinitionPath,
  fieldsHere,
  namedPlace,
  type Shape,
} from '../../shared/event/definition/definition-shape.ts';
import { authoredEvent } from '../../shared/event/definition/event-definition.schema.ts';
import { LANGUAGE_TAGS } from '../../shared/kernel/i18n/languages.ts';
import { placeText } from '../../web/console/event/definition/changes.tsx';
import type { Definition } from '../../web/console/event/definition/draft.ts';
import {
  DEFINITION_PARTS,
  DEFINITION_SHAPE,
  fieldsOfPart,
  isFieldShown,
  isFixed,
  type PartName,
  parsePlace,
  partOf,
  wordsPlace,
} from '../../web/console/event/definition/parts.ts';

const FORUM = loadEvent('events/asean-ict-forum.yaml') as unknown as Definition;

/** Beside these, everything is asked for that is at all. */
const BESIDE = [{ type: 'choice', care: true }, { type: 'text' }];

interface Needs {
  /** What needs a word, by the keys under which it may be: the first that there is counts. */
  readonly needed: readonly (readonly string[])[];
  /** Places that may have a hint. */
  readonly places: readonly string[];
}

const all = (needs: readonly Needs[]): Needs => ({
  needed: needs.flatMap(({ needed }) => needed),
  places: needs.flatMap(({ places }) => places),
});

/** Several values of a text are ticked, typed in lines or chosen from the places of the world. */
const isListed = (shape: Shape): boolean =>
  shape.kind === 'list' && (shape.of.kind !== 'text' || shape.of.as === 'country');

function needsOf(shape: Shape, path: DefinitionPath, isRequired: boolean): Needs {
  const [own, place, last] = [namedPlace(path), wordsPlace(path), String(path.at(-1))];
  const inside = shape.kind === 'list' ? shape.of : shape;
  const isPart = inside.kind === 'group' || inside.kind === 'either';
  const adds = isListed(shape) || (isPart && !isRequired && !isFixed([...path, 'email']) && !isFixed(path));
  const values = inside.kind === 'choice' ? inside.values.map((value) => [`value.${place}.${value}`]) : [];
  const here: Needs = {
    needed: [
      isPart || path.length === 0 ? [`part.${own}`, `part.${place}`] : [`field.${place}`, `usual.${last}`],
      ...(adds ? [[`add.${own}`, `add.${place}`]] : []),
      ...values,
    ],
    places: [place],
  };
  const groups = inside.kind === 'either' ? Object.values(inside.groups) : inside.kind === 'group' ? [inside] : [];
  const fields = isFixed(path) ? [] : groups.flatMap((group) => group.fields);
  const shown = fields.filter((field) => BESIDE.some((beside) => isFieldShown(field, [...path, field.name], beside)));
  const kinds =
    inside.kind === 'either'
      ? [
          {
            needed: [
              [`field.${place}.${inside.by}`],
              ...Object.keys(inside.groups).map((name) => [`value.${place}.${inside.by}.${name}`]),
            ],
            places: [],
          },
        ]
      : [];
  return all([here, ...kinds, ...shown.map((field) => needsOf(field.shape, [...path, field.name], field.isRequired))]);
}

const { needed, places } = all(
  DEFINITION_PARTS.flatMap((part) =>
    fieldsOfPart(part).map(({ name, shape, isRequired }) => needsOf(shape, [name], isRequired)),
  ),
);
const wanted = [...needed, ['part.basics']];

describe('the words of the forms of a definition', () => {
  it('are looked for in every part: fields, lists, answers and kinds', () => {
    expect(places).toContain('certificate.leastShare');
    for (const key of [
      'part.questions.options',
      'add.minors',
      'value.certificate.kind.sessions',
      'add.countries.leftOut',
    ])
      expect(wanted.flat()).toContain(key);
    for (const type of authoredEvent.unwrap().shape.questions.element.shape.type.options)
      expect(wanted).toContainEqual([`value.questions.type.${type}`]);
  });

  it('are of texts as they are read: days, hours and countries, too', () => {
    const kinds = (part: PartName) =>
      fieldsOfPart(part).flatMap(({ shape }) =>
        fieldsHere(shape.kind === 'list' ? shape.of : shape, {}).flatMap((each) =>
          each.shape.kind === 'text' && each.shape.as ? [`${each.name} ${each.shape.as}`] : [],
        ),
      );
    const parts = ['days', 'venue', 'registration', 'resources', 'secretariat'] as const;
    expect(parts.flatMap(kinds)).toEqual([
      ...['date day', 'start clock', 'end clock', 'country country'],
      ...['opensAt moment', 'closesAt moment', 'url url', 'email email'],
    ]);
  });

  it('name a place as far as people see it: a condition is one', () => {
    const named = (path: string) => placeText(parsePlace(path), FORUM).split(', ');
    const [, question] = named('questions.1');
    expect(named('questions.1.when.all.0.category.2')).toEqual(['questions', question, 'when']);
    expect(named('languages.1')).toEqual(['languages']);
    expect(named('days.0.title.km')).toEqual(['days', 'First day', 'title', 'Khmer']);
    expect(wordsPlace(parsePlace('days.0.date'))).toBe('days.date');
    expect(named('')).toEqual(['']);
  });

  it('names the screen on which sessions are changed, and the session', () => {
    const [session] = FORUM['sessions'] as { title: { en: string } }[];
    expect(placeText(['sessions', 0, 'day'], FORUM)).toBe(`Programme, ${session?.title.en}`);
  });

  it('has a page for all that a file may say, but what has a screen of its own', () => {
    const left = DEFINITION_SHAPE.fields.filter(({ name }) => partOf([name]) === undefined).map(({ name }) => name);
    expect(left).toEqual(['id', 'version', 'status', 'rehearsal', 'sessions', 'questionGroups']);
  });

  it.each(LANGUAGE_TAGS)('are all there, and no others: %s', (language) => {
    const words = Object.keys(messagesOf(language, 'console') ?? {}).flatMap(
      (key) => /^definition\.((?:part|explain|add|field|usual|hint|value)\..*)/.exec(key)?.[1] ?? [],
    );
    const said = wanted.flatMap((keys) => keys.filter((key) => words.includes(key)));
    expect(wanted.filter((keys) => !keys.some((key) => words.includes(key)))).toEqual([]);
    const known = new Set([
      ...said,
      ...places.map((path) => `hint.${path}`),
      ...DEFINITION_PARTS.map((part) => `explain.${part}`),
    ]);
    expect(words.filter((key) => !known.has(key))).toEqual([]);
  });
});
