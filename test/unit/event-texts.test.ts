import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadEvent } from '../../cli/event-file.ts';
import { storedEvent } from '../../shared/event/definition/event-definition.schema.ts';
import type { EventDefinition, LocalText } from '../../shared/event/event.ts';
import { localise, splitTexts, standInTexts } from '../../shared/event/event-texts.ts';

/** Names that are languages, fields of an event or properties of every object. */
const TRICKY_IDS = ['id', 'my', 'en', 'km', 'title', 'hint', 'all', 'not', 'day', '0', 'constructor', 'toString'];
const LANGUAGES = ['id', 'my', 'en', 'pt-TL'];

const ids = fc.uniqueArray(fc.constantFrom(...TRICKY_IDS), { maxLength: 5 });
const shape = fc.record({
  about: fc.array(fc.record({ paragraphs: fc.nat(3), points: fc.nat(3) }), { maxLength: 3 }),
  lists: fc.record({ modes: ids, categories: ids, questions: ids, options: ids, sessions: ids, consents: ids }),
  hasHints: fc.boolean(),
  hasOptions: fc.boolean(),
  wordings: fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 20 }),
  languages: fc.uniqueArray(fc.constantFrom(...LANGUAGES), { minLength: 1 }),
});
type Shape = typeof shape extends fc.Arbitrary<infer S> ? S : never;

/** Builds the same event with any kind of text: the nth text is `text(n)`. */
function build<T>(
  { about, lists, hasHints, hasOptions, languages }: Shape,
  text: (n: number) => T,
): EventDefinition<T> {
  let count = 0;
  const next = () => text(count++);
  const named = (list: readonly string[]) => list.map((id) => ({ id, title: next() }));
  const hint = () => (hasHints ? { hint: next() } : {});
  return {
    id: 'title',
    version: 1,
    languages,
    title: next(),
    tagline: next(),
    about: about.map(({ paragraphs, points }, index) => ({
      id: TRICKY_IDS[index] ?? '',
      title: next(),
      paragraphs: Array.from({ length: paragraphs }, next),
      points: Array.from({ length: points }, next),
    })),
    host: next(),
    supporters: named(lists.modes),
    secretariat: { name: next(), email: 'title' },
    ...(hasHints && { safeguarding: { name: next(), email: 'host' } }),
    timeZone: 'timeZone',
    days: named(lists.sessions).map((day) => ({ ...day, date: 'title', start: 'title', end: 'title' })),
    venue: { name: next(), address: next(), country: 'venue.name' },
    modes: named(lists.modes).map((mode) => ({ ...mode, id: mode.id as 'online', ...hint() })),
    registration: { opensAt: 'host', closesAt: 'host' },
    categories: named(lists.categories).map((category) => ({ ...category, ...hint() })),
    featuredCountries: { title: next(), codes: ['title'] },
    questions: named(lists.questions).map((question) => ({
      ...question,
      type: 'choice',
      required: true,
      when: { not: { question: 'title', in: ['title'] } },
      ...hint(),
      ...(hasOptions && { options: named(lists.options) }),
    })),
    quotas: named(lists.modes).map((quota) => ({ ...quota, capacity: 1, shards: 1 })),
    sessions: named(lists.sessions).map((session) => ({
      ...session,
      day: 'title',
      start: 'title',
      end: 'title',
      ...(hasHints && { abstract: next() }),
      ...(hasOptions && { room: next() }),
    })),
    consents: named(lists.consents).map((consent) => ({
      ...consent,
      version: `consents.${consent.id}.title`,
      required: true,
      agreement: next(),
      points: [next(), next()],
    })),
    resources: named(lists.consents).map((resource) => ({ ...resource, publisher: 'title', url: 'host' })),
    retention: { registrationDays: 1 },
  };
}

const wording = ({ wordings }: Shape, language: string, n: number) =>
  `${n} ${language} ${wordings[n % wordings.length]}`;
const authored = (shape: Shape): EventDefinition<LocalText> =>
  build(shape, (n) => Object.fromEntries(shape.languages.map((language) => [language, wording(shape, language, n)])));

describe('splitTexts and localise', () => {
  it('give back the words of each language, whatever ids and plain fields look like', () => {
    fc.assert(
      fc.property(shape, (shape) => {
        const { rules, texts } = splitTexts(authored(shape));
        expect(Object.keys(texts)).toEqual(shape.languages);
        for (const [language, words] of Object.entries(texts)) {
          expect(localise(rules, words)).toEqual(build(shape, (n) => wording(shape, language, n)));
        }
      }),
    );
  });

  it('show no key in place of a word that is missing', () => {
    fc.assert(
      fc.property(shape, fc.nat(), (shape, seed) => {
        const { rules, texts } = splitTexts(authored(shape));
        const [words = {}] = Object.values(texts);
        const keys = Object.keys(words);
        const missing = keys[seed % keys.length] ?? '';
        const rest = Object.fromEntries(Object.entries(words).filter(([key]) => key !== missing));
        expect(() => localise(rules, rest)).toThrow(`there are no words for ${missing} of "title"`);
      }),
    );
  });

  it('leave rules of the forum that fit the stored schema, with one key for each text', () => {
    const definition = loadEvent(resolve('events/asean-ict-forum.yaml'));
    const { rules, texts } = splitTexts(definition);
    expect(storedEvent.parse(rules)).toEqual(rules);
    expect(rules.categories.find(({ id }) => id === 'media')?.title).toBe('categories.media.title');
    expect(texts.en?.['categories.media.title']).toBe('Media');
    expect(texts.km?.['categories.media.title']).toBe('ប្រព័ន្ធផ្សព្វផ្សាយ');
    expect(Object.keys(texts.km ?? {})).toEqual(Object.keys(texts.en ?? {}));
    expect(JSON.stringify(rules)).not.toMatch(/\p{Script=Khmer}/u);
  });
});

it('takes for words that a language lacks those in English, else of the first language that has them, else their key', () => {
  const event = { languages: ['km', 'my', 'en'] } as unknown as EventDefinition<string>;
  const texts = { my: { title: 'my', hint: 'my' }, km: { hint: 'km' }, en: { title: 'en' } };
  expect(standInTexts(['title', 'hint', 'toString'], event, texts)).toEqual({
    title: 'en',
    hint: 'km',
    toString: 'toString',
  });
});
