import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { LATE_WORDS, needsHelpers, wordsScript } from '../../infra/browser-words.ts';
import { type Messages, messagesOf, parametersOf } from '../../infra/languages.ts';
import { compiledTranslator, plainTranslator } from '../../shared/kernel/i18n/compiled.ts';
import { LANGUAGE_TAGS, localeFor, type Translate } from '../../shared/kernel/i18n/languages.ts';
import { FORM_KEYS } from '../../shared/registration/apply/form-words.ts';
import { type Import, importsOf, type Source, sourcesIn } from '../house/source.ts';

type AnyTranslate = Translate<string, Record<string, Record<string, string | number>>>;
type Values = Readonly<Record<string, string | number>>;

/** As a browser has them. */
const spoken = (words: string, language: string): AnyTranslate =>
  compiledTranslator<AnyTranslate>(Function(`return ${words}`)(), localeFor(language));

/** Of each number some that have forms of their own in some language, together with each case of a choice. */
const COUNTS = [0, 1, 2, 5, 21, 100, 1000, 1_234_567];
const samplesOf = (message: string): Values[] => {
  const choices = Object.entries(parametersOf(message)).map(([name, type]): [string, (string | number)[]] => {
    if (type === 'number') return [name, COUNTS];
    return [name, type.startsWith("'") ? [...type.matchAll(/'([^']*)'/g)].map(([, each = '']) => each) : ['<b>`$', 7]];
  });
  return choices.reduce<Values[]>(
    (all, [name, values]) => all.flatMap((sample) => values.map((value) => ({ ...sample, [name]: value }))),
    [{}],
  );
};

describe('what browsers say', () => {
  const files = LANGUAGE_TAGS.flatMap((language) =>
    (['site', 'console', 'checkin'] as const).map((name) => [language, name] as const),
  );

  it.each(files)('is what ICU MessageFormat says, of all messages and values: %s/%s.json', (language, name) => {
    const all = messagesOf(language, name) ?? {};
    const keys: readonly string[] = name === 'site' ? FORM_KEYS : Object.keys(all);
    const t = spoken(
      wordsScript(all, {}, (key) => keys.includes(key)),
      language,
    );
    for (const key of keys) {
      const message = all[key] ?? '';
      const format = new IntlMessageFormat(message, localeFor(language));
      for (const values of samplesOf(message)) expect(t(key, values), key).toBe(format.format(values));
    }
  });

  it.each([
    ['', ''],
    ["It''s {name}", "It's A"],
    ['`$ {name}` \\n', '`$ A` \\n'],
    ['{count, plural, =0 {none} one {# seat of {name}} other {{count} or # seats}}', '1000 or 1,000 seats'],
    ['{name, select, A {{count, plural, other {# here}}} other {there}}', '1,000 here'],
    ['{name, select, B {here} other {}}.', '.'],
  ])('%s', (message, said) => {
    expect(spoken(wordsScript({ message }), 'en')('message', { name: 'A', count: 1000 })).toBe(said);
  });

  it('is the same by the plain translator, where nothing is counted or chosen', () => {
    const plain = wordsScript({ message: '{name} is in.' });
    expect(needsHelpers(plain)).toBe(false);
    expect(plainTranslator<AnyTranslate>(Function(`return ${plain}`)())('message', { name: 'A' })).toBe('A is in.');
    for (const message of ['{count, number}', '{count, plural, other {#}}', '{name, select, other {A}}'])
      expect(needsHelpers(wordsScript({ message })), message).toBe(true);
  });

  it.each(['{when, date, long}', '{count, selectordinal, other {#th}}', '{count, number, percent}'])(
    'is nothing that a browser cannot write: %s',
    (message) => expect(() => wordsScript({ message })).toThrow(),
  );
});

describe('EV4: the check-in app', () => {
  it('says in English what Khmer lacks, and all else in Khmer', () => {
    const english: Messages = messagesOf('en', 'checkin') ?? {};
    const khmer: Messages = messagesOf('km', 'checkin') ?? {};
    for (const key of Object.keys(english)) {
      const { [key]: _, ...rest } = khmer;
      const t = spoken(wordsScript(english, rest), 'km');
      const values = samplesOf(english[key] ?? '')[0];
      const expected = spoken(wordsScript(english), 'km')(key, values ?? {});
      expect(t(key, values ?? {}), key).toBe(expected);
    }
    expect(spoken(wordsScript(english, khmer), 'km')('scan.aim', {})).toBe(khmer['scan.aim']);
  });
});

/** The keys that code names, and how those begin that are put together when it runs. */
const named = ({ text }: Source): readonly string[] =>
  [...text.matchAll(/['`]([a-z]\w*(?:\.[\w-]*)+)(?:['`]|\$\{)/gi)].map(([, key = '']) => key);

describe('the words of the console that come with its screens', () => {
  const sources = sourcesIn(['web/console']);
  const imports = sources.flatMap(importsOf);
  const reached = (file: string, all = new Set<string>()): ReadonlySet<string> => {
    if (all.has(file)) return all;
    all.add(file);
    for (const { from, to, late, typeOnly } of imports) if (from === file && !late && !typeOnly) reached(to, all);
    return all;
  };
  const saidFrom = (file: string): readonly string[] => {
    const files = reached(file);
    const keys = sources.filter(({ path }) => files.has(path)).flatMap(named);
    return LATE_WORDS.filter((part) => keys.some((key) => key.startsWith(`${part}.`)));
  };

  it('are said by no other', () => {
    const fetches = ({ from, to }: Import): readonly string[] => {
      const code = readFileSync(from, 'utf8');
      const [, after = ''] = code.split(`/${to.split('/').at(-1)}')`);
      return LATE_WORDS.filter((part) => after.split(/import|;|group:/, 1)[0]?.includes(`'${part}'`));
    };
    expect(saidFrom('web/console/main.tsx')).toEqual([]);
    const late = imports.filter((each) => each.late);
    expect(late.length).toBeGreaterThan(20);
    for (const each of late.filter(({ from }) => saidFrom(from).length === 0))
      expect(saidFrom(each.to), each.to).toEqual(fetches(each));
  });
});
