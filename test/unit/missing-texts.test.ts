import { IntlMessageFormat } from 'intl-messageformat';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MAIL } from '../../shared/kernel/i18n/mail.store.ts';
import { NOTICES } from '../../shared/kernel/i18n/notices.store.ts';
import { SITE } from '../../shared/kernel/i18n/site.store.ts';
import { type Catalogue, translator } from '../../shared/kernel/i18n/translator.store.ts';
import { METRICS } from '../../shared/kernel/metric.ts';
import { MAIL_KINDS } from '../../shared/mail/kinds.ts';
import { renderMail } from '../support/render-mail.ts';
import { pages } from '../support/site-pages.ts';
import { sampleMessage } from './mail-fixture.ts';

type Words = Record<string, string>;
type Ast = ReturnType<IntlMessageFormat['getAst']>;

const CATALOGUES: Readonly<Record<string, Catalogue>> = { SITE, NOTICES, MAIL };
const english = (name: string): Words => CATALOGUES[name]?.['en'] as Words;
const khmer = (name: string): Words => CATALOGUES[name]?.['km'] as Words;
const everyKey = Object.keys(CATALOGUES).flatMap((name) =>
  Object.keys(english(name)).map((key) => [name, key] as const),
);

/** Lines of the log since the test began. */
let metrics: string[];
let warnings: string[];
beforeEach(() => {
  metrics = [];
  warnings = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void metrics.push(line));
  vi.spyOn(console, 'warn').mockImplementation((line) => void warnings.push(line));
});
afterEach(() => vi.restoreAllMocks());

/** Values for whatever a message puts in. */
const valuesFor = (message: string) => Object.fromEntries(argumentsOf(new IntlMessageFormat(message, 'en').getAst()));

/** From the ICU message syntax. */
const LITERAL = 0;
const NUMBER = 2;
const PLURAL = 6;
const POUND = 7;
const argumentsOf = (ast: Ast): [string, string | number][] =>
  ast.flatMap((part) => {
    if (part.type === LITERAL || part.type === POUND) return [];
    const nested = 'options' in part ? Object.values(part.options).flatMap(({ value }) => argumentsOf(value)) : [];
    return [[part.value, part.type === NUMBER || part.type === PLURAL ? 3 : 'a value'], ...nested];
  });

/** Runs with other words than there are. */
function withWords<T>(change: (words: Words, name: string, language: string) => Words, run: () => T): T {
  const places = Object.entries(CATALOGUES).flatMap(([name, catalogue]) =>
    ['en', 'km'].map((language) => ({ name, language, catalogue: catalogue as Record<string, Words> })),
  );
  const kept = places.map(({ catalogue, language }) => catalogue[language] ?? {});
  for (const { name, language, catalogue } of places)
    catalogue[language] = change({ ...catalogue[language] }, name, language);
  try {
    return run();
  } finally {
    for (const [index, { catalogue, language }] of places.entries()) catalogue[language] = kept[index] ?? {};
  }
}

describe('EV4: any one text that Khmer lacks', () => {
  /** Of an instance that has counted nothing yet. */
  const freshTranslator = async (): Promise<typeof translator> => {
    vi.resetModules();
    return (await import('../../shared/kernel/i18n/translator.store.ts')).translator;
  };

  it.each(Object.keys(CATALOGUES))('is English, and counted once, in a line that names it alone: %s', async (name) => {
    const fresh = await freshTranslator();
    const keys = Object.keys(english(name));
    for (const key of keys) {
      const { [key]: _, ...rest } = khmer(name);
      const catalogue = { en: english(name), km: rest } as Catalogue;
      const values = valuesFor(english(name)[key] ?? '');
      const expected = translator(CATALOGUES[name] as Catalogue, 'en')(key, values);
      for (const t of [fresh(catalogue, 'km'), fresh(catalogue, 'km')]) expect(t(key, values)).toBe(expected);
    }
    expect(metrics).toHaveLength(keys.length);
    expect(metrics.map((line) => JSON.parse(line)[METRICS.textMissing])).toEqual(keys.map(() => 1));
    const said = keys.map((key) => ({ level: 'warn', message: 'text missing', language: 'km', key }));
    expect(warnings.map((line) => JSON.parse(line))).toEqual(said);
  });

  it.each([
    ['is malformed', '{'],
    ['asks for what is not given', '{nobody}'],
    ['is no text', undefined],
  ])('is English where it %s', async (_, message) => {
    const fresh = await freshTranslator();
    const catalogue = { en: { 'test.key': 'English' }, km: { 'test.key': message } } as unknown as Catalogue;
    for (const t of [fresh(catalogue, 'km'), fresh(catalogue, 'km')]) expect(t('test.key')).toBe('English');
    expect(metrics).toHaveLength(1);
  });

  it('is named where it fails in English too: a page is shown all the same', async () => {
    const fresh = await freshTranslator();
    expect(fresh({ en: { 'test.key': '{nobody}' } }, 'en')('test.key')).toBe('test.key');
    expect(metrics).toHaveLength(1);
  });
});

describe('EV4: pages and mail', () => {
  const everything = (): Record<string, string> => ({
    ...pages('km'),
    ...Object.fromEntries(
      MAIL_KINDS.map((kind) => {
        const { subject, text, html } = renderMail(kind, sampleMessage(kind, 'km') as never);
        return [`mail ${kind}`, `${subject}\n${text}\n${html}`];
      }),
    ),
  });

  it('lack nothing of what they ask for', () => {
    everything();
    pages('en');
    for (const kind of MAIL_KINDS) renderMail(kind, sampleMessage(kind, 'en') as never);
    expect(warnings).toEqual([]);
  });

  /** In so many turns each key is gone once, with others, and the rest are there. */
  const TURNS = 8;

  it.each(Array.from({ length: TURNS }, (_, turn) => turn))(
    'are shown in English where Khmer lacks a text, and in Khmer elsewhere: turn %i of all keys',
    (turn) => {
      const gone = everyKey.filter((_, index) => index % TURNS === turn);
      const goneFrom = (name: string): string[] => gone.flatMap(([of, key]) => (of === name ? [key] : []));
      const marks = (name: string): Words => Object.fromEntries(goneFrom(name).map((key) => [key, `«${key}»`]));
      const expected = withWords((words, name) => ({ ...words, ...marks(name) }), everything);
      const shown = withWords((words, name, language) => {
        if (language === 'en') return { ...words, ...marks(name) };
        return Object.fromEntries(Object.entries(words).filter(([key]) => !goneFrom(name).includes(key)));
      }, everything);
      expect(shown).toEqual(expected);
      const all = Object.values(shown).join();
      const seen = gone.filter(([, key]) => all.includes(`«${key}»`));
      expect(seen.length).toBeGreaterThan(gone.length / 2);
    },
  );
});
