import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parametersOf } from '../../infra/languages.ts';
import { MAIL } from '../../shared/kernel/i18n/mail.store.ts';
import { NOTICES } from '../../shared/kernel/i18n/notices.store.ts';
import { SITE } from '../../shared/kernel/i18n/site.store.ts';
import { Catalogue, translator } from '../../shared/kernel/i18n/translator.store.ts';
import { METRICS } from '../../shared/kernel/metrics.ts';
import { MAIL_KINDS } from '../../shared/mail/kinds.ts';
import { renderMail } from '../support/render-mail.ts';
import { pages } from '../support/site-pages.ts';
import { sampleMessage } from './mail-fixture.ts';

type Words = Readonly<Record<string, string>>;

const CATALOGUES = { SITE, NOTICES, MAIL };
type Name = keyof typeof CATALOGUES;
const NAMES = Object.keys(CATALOGUES) as Name[];
/** As they lie on disk: text, since no bundle is looked at. */
const WORDS = Object.fromEntries(
  NAMES.map((name) => [name, { en: CATALOGUES[name].in('en') as Words, km: CATALOGUES[name].in('km') as Words }]),
) as Record<Name, { en: Words; km: Words }>;
const everyKey = NAMES.flatMap((name) => Object.keys(WORDS[name].en).map((key) => [name, key] as const));

/** A catalogue that has other words. */
function catalogueOf(words: Readonly<Record<string, object>>): Catalogue {
  const catalogue = new Catalogue('site');
  vi.spyOn(catalogue, 'in').mockImplementation((language) => (words[language] ?? {}) as Words);
  return catalogue;
}

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
const valuesFor = (message: string) =>
  Object.fromEntries(
    Object.entries(parametersOf(message)).map(([name, type]) => [name, type === 'number' ? 3 : 'a value']),
  );

/** Runs with other words than there are. */
function withWords<T>(change: (words: Words, name: Name, language: string) => Words, run: () => T): T {
  const spies = NAMES.map((name) => {
    const changed = { en: change(WORDS[name].en, name, 'en'), km: change(WORDS[name].km, name, 'km') };
    return vi.spyOn(CATALOGUES[name], 'in').mockImplementation((language) => changed[language as 'en' | 'km']);
  });
  try {
    return run();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

describe('EV4: any one text that Khmer lacks', () => {
  /** Of an instance that has counted nothing yet. */
  const freshTranslator = async (): Promise<typeof translator> => {
    vi.resetModules();
    return (await import('../../shared/kernel/i18n/translator.store.ts')).translator;
  };

  it.each(NAMES)('is English, and counted once, in a line that names it alone: %s', async (name) => {
    const fresh = await freshTranslator();
    const { en, km } = WORDS[name];
    const keys = Object.keys(en);
    for (const key of keys) {
      const { [key]: _, ...rest } = km;
      const catalogue = catalogueOf({ en, km: rest });
      const values = valuesFor(en[key] ?? '');
      const expected = translator(CATALOGUES[name], 'en')(key, values);
      for (const t of [fresh(catalogue, 'km'), fresh(catalogue, 'km')]) expect(t(key, values)).toBe(expected);
    }
    expect(metrics).toHaveLength(keys.length);
    expect(metrics.map((line) => JSON.parse(line)[METRICS.textMissing])).toEqual(keys.map(() => 1));
    const said = keys.map((key) => ({ level: 'WARN', message: 'text missing', language: 'km', key }));
    expect(warnings.map((line) => JSON.parse(line)).map(({ timestamp: _, ...rest }) => rest)).toEqual(said);
  });

  it.each([
    ['is malformed', '{'],
    ['asks for what is not given', '{nobody}'],
    ['is no text', undefined],
  ])('is English where it %s', async (_, message) => {
    const fresh = await freshTranslator();
    const catalogue = catalogueOf({ en: { 'test.key': 'English' }, km: { 'test.key': message } });
    for (const t of [fresh(catalogue, 'km'), fresh(catalogue, 'km')]) expect(t('test.key')).toBe('English');
    expect(metrics).toHaveLength(1);
  });

  it('is named where it fails in English too: a page is shown all the same', async () => {
    const fresh = await freshTranslator();
    expect(fresh(catalogueOf({ en: { 'test.key': '{nobody}' } }), 'en')('test.key')).toBe('test.key');
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
      const goneFrom = (name: Name): string[] => gone.flatMap(([of, key]) => (of === name ? [key] : []));
      const marks = (name: Name): Words => Object.fromEntries(goneFrom(name).map((key) => [key, `«${key}»`]));
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
