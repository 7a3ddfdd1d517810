import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkEvent, describe as describeProblems, loadEvent, readEvent } from '../../cli/event-file.ts';
import { processorTime } from '../support/processor-time.ts';

const FORUM = readFileSync(resolve('events/asean-ict-forum.yaml'), 'utf8');
const LINES = FORUM.split('\n').length;
const lineOf = (words: string): number => FORUM.slice(0, FORUM.indexOf(words)).split('\n').length;

/** Each file that cannot be read, and its first problem. */
const BROKEN: Record<string, { source: string; line: number; message: string | RegExp }> = {
  'it is empty': { source: '', line: 1, message: 'is empty' },
  'it is a list': { source: '- a\n- b\n', line: 1, message: 'expected fields, each with its name' },
  'a key is there twice': {
    source: `${FORUM}venue:\n  country: LA\n`,
    line: LINES,
    message: '"venue" is there already',
  },
  'a key deep inside is there twice': {
    source: FORUM.replace(
      '    required: true\n    title:\n      en: Code',
      '    required: true\n    required: false\n    title:\n      en: Code',
    ),
    line: lineOf('en: Code of conduct') - 1,
    message: '"required" is there already',
  },
  'aliases stand for millions of values': {
    source: bomb(9),
    line: 1,
    message: 'put the whole text in quotes, or write it out: "&a" before it is not read',
  },
  'an alias stands for itself': { source: 'id: *a\n', line: 1, message: /Unresolved alias|^write it out/ },
  'a bracket is never closed': {
    source: FORUM.replace('codes: [BN', 'codes: [[BN'),
    line: lineOf('questions:\n'),
    message: /close each bracket \(YAML: Flow sequence/,
  },
  'it is indented with tabs': {
    source: FORUM.replace('  km: រាជរដ្ឋាភិបាល', '\tkm: រាជរដ្ឋាភិបាល'),
    line: lineOf('  km: រាជរដ្ឋាភិបាល'),
    message: /^indent by spaces: here is a tab/,
  },
  'it holds two documents': {
    source: `${FORUM}---\nid: second\n`,
    line: LINES,
    message: /^a second document begins here: give each event a file of its own/,
  },
  'a tag asks for code': {
    source: FORUM.replace('version: 1', 'version: !!js/function "() => 1"'),
    line: lineOf('version: 1'),
    message: /^put the whole text in quotes: "!"/,
  },
  'it is nested without end': {
    source: `id: ${'['.repeat(50_000)}`,
    line: 1,
    message: 'the file is nested too deeply',
  },
  'a text ends at a number sign': {
    source: FORUM.replace('en: First day', 'en: Day #1').replace('en: Second day', 'en: Day #2, "the # day"'),
    line: lineOf('en: First day'),
    message: 'put the whole text in quotes: what follows # is not read',
  },
  'a text begins with what YAML reads as an anchor': {
    source: FORUM.replace('en: First day', 'en: &First day'),
    line: lineOf('en: First day'),
    message: /^put the whole text in quotes, or write it out: "&First"/,
  },
  'a text has a colon': {
    source: FORUM.replace('en: First day', 'en: Day 1: opening'),
    line: lineOf('en: First day'),
    message: /^put the whole text in quotes where it has ": " in it/,
  },
  'a text begins with a quotation mark, and goes on after the other': {
    source: FORUM.replace('en: First day', 'en: "First" day'),
    line: lineOf('en: First day'),
    message: /^put the whole text in quotes: only a part of it is read/,
  },
  'a text in braces has a comma': {
    source: FORUM.replace('title:\n      en: First day\n', 'title:\n      { en: First day, morning }\n').replace(
      /\n {6}km: ថ្ងៃទីមួយ/,
      '',
    ),
    line: lineOf('en: First day'),
    message: /needs quotes$/,
  },
  'a certificate is of no known kind': {
    source: FORUM.replace('kind: days', 'kind: day'),
    line: lineOf('kind: days\n'),
    message: 'expected kind: days with least, or kind: sessions with leastShare',
  },
  'a colon has no space after it': {
    source: FORUM.replace('version: 1', 'version:1'),
    line: lineOf('version: 1'),
    message: /^write a field as its name, a colon, a space and its value/,
  },
  'it was saved in another encoding': {
    source: Buffer.from(FORUM.replace('en: First day', 'en: Premi\u00e8re'), 'latin1').toString(),
    line: lineOf('km:'),
    message: 'no text can be read here: write this place anew, and save the file as UTF-8',
  },
  'it is longer than any definition': {
    source: '#'.repeat(600_000),
    line: 1,
    message: 'the file is larger than 512 KB',
  },
  'it speaks a language that the site does not': {
    source: FORUM.replace('languages: [en, km]', 'languages:\n  - en\n  - th').replaceAll(/^([ -]+)km:/gm, '$1th:'),
    line: lineOf('languages:') + 2,
    message: /^the site does not speak th yet: pages in it would be shown in English; leave it out/,
  },
  'it reaches for the prototype': {
    source: `${FORUM}__proto__:\n  version: 2\n`,
    line: LINES,
    message: 'there is no field "__proto__" here',
  },
};

/** Nine references in each of `depth` lines: 9 ** depth values. */
function bomb(depth: number): string {
  const names = [...'abcdefghijklm'].slice(0, depth);
  return names
    .map((name, index) => `${name}: &${name} [${Array(9).fill(index ? `*${names[index - 1]}` : 'x')}]`)
    .join('\n');
}

describe('a file is refused, with the line', () => {
  it.each(Object.entries(BROKEN))('where %s', (_, { source, line, message }) => {
    const [first] = checkEvent(source);
    expect(first).toMatchObject({
      line,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  it('all at once: where one part does not fit the schema, what is wrong with the others is said too', () => {
    const source = FORUM.replace('timeZone:', 'timezone:')
      .replace('shortTitle:\n  en: ASEAN ICT Forum', 'shortTitle:\n  en: 2027')
      .replace('id: academia', 'id: ngo')
      .replace('      en: Second day\n', '')
      .replace('capacity: 400', 'capacity: -400')
      .replace('when: { question: companyRole', 'when: { question: companyRoll');
    expect(checkEvent(source).map(({ path, message }) => `${path}: ${message}`)).toEqual([
      'timeZone: is missing',
      'shortTitle.en: expected a text, in quotes if it looks like a number',
      'timezone: there is no field "timezone" here; did you mean "timeZone"?',
      'days.1.title: lacks the language en',
      'categories.6.id: "ngo" is there already',
      expect.stringMatching(
        /^questions\.\d\.when\.question: there is no question "companyRoll"; did you mean "companyRole"\?$/,
      ),
      expect.stringMatching(/^questions\.\d\.when\.category\.0: there is no category "academia"/),
      'quotas.0.capacity: expected at least 0',
    ]);
  });

  it('where what is written in a language is more than is kept of it', () => {
    const long = FORUM.replace(/(?<=tagline:\n {2}en: ).*/, 'x'.repeat(400_000));
    expect(checkEvent(long)).toMatchObject([
      { path: 'languages.0', message: 'what is written in it takes more than 390 KB, which is all that is kept of it' },
    ]);
  });

  it('without ever saying the same twice', () => {
    const lines = describeProblems('f.yaml', checkEvent(`a: ${'['.repeat(50_000)}`));
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('in less than five seconds, whatever is in it', () => {
    const manyFields = Array.from({ length: 40_000 }, (_, index) => `f${index}: 1`).join('\n');
    const check = () => expect(checkEvent(manyFields)).toHaveLength(100);
    expect(processorTime(check, 5000, 2)).toBeLessThan(5000);
  });
});

describe('what is hardly meant is said, with the line, and is no mistake', () => {
  afterEach(() => vi.useRealTimers());

  it.each([
    [
      'an offset that clocks there do not have then',
      FORUM.replace('closesAt: 2027-10-22T23:59:00+07:00', 'closesAt: 2027-10-22T23:59:00+08:00'),
      'registration.closesAt: clocks in Asia/Phnom_Penh are at +07:00 then, and show 22:59',
    ],
    [
      'an offset of the summer, in winter',
      FORUM.replace('timeZone: Asia/Phnom_Penh', 'timeZone: Europe/Lisbon')
        .replace('opensAt: 2026-11-01T00:00:00+07:00', 'opensAt: 2026-12-01T00:00:00+01:00')
        .replace('closesAt: 2027-10-22T23:59:00+07:00', 'closesAt: 2027-10-22T23:59:00+01:00'),
      // UTC is clear, and so written alike by clocks in Lisbon.
      'registration.opensAt: clocks in Europe/Lisbon are at +00:00 then, and show 23:00',
    ],
    [
      'a provider that anyone has an address at',
      FORUM.replace('    approval: true\n', '    approval: true\n    trustedDomains: [unicef.org, gmail.com]\n'),
      'categories.7.trustedDomains.1: anyone can have an address there, and nobody who has waits for a decision',
    ],
    [
      'two sessions in one room',
      FORUM.replace('    end: 09:00\n', '    end: 09:01\n').replace('en: Foyer\n', 'en: "Plenary hall "\n'),
      'sessions.1.room: "arrival" is there at the same time, from 08:00 to 09:01',
    ],
    [
      'a day that is over',
      FORUM.replace('date: 2027-11-02', 'date: 2026-11-02').replaceAll('2027-10-22T', '2026-11-03T'),
      'days.0.date: is over already',
    ],
  ])('%s', (_, source, said) => {
    vi.useFakeTimers({ now: new Date('2026-11-29T00:00:00Z'), toFake: ['Date'] });
    const { definition, problems, warnings } = readEvent(source);
    expect([problems, definition?.id]).toEqual([[], 'asean-ict-forum']);
    expect(warnings.map(({ path, message }) => `${path}: ${message}`)).toEqual([said]);
    const [{ line = 0 } = {}] = warnings;
    expect(source.split('\n')[line - 1]).toContain(
      said
        .split(':')[0]
        ?.split('.')
        .findLast((step) => /[a-z]/.test(step)),
    );
  });

  it('and nothing is, of the sample, of former names of places, nor of times in UTC', () => {
    const utc = FORUM.replaceAll('T00:00:00+07:00', 'T00:00:00Z').replace('Asia/Phnom_Penh', 'Asia/Ho_Chi_Minh');
    for (const source of [FORUM, utc]) expect(readEvent(source)).toMatchObject({ problems: [], warnings: [] });
  });
});

describe('loadEvent', () => {
  it('names the file, the line and the problem', () => {
    const file = resolve('package.json');
    expect(() => loadEvent(file)).toThrow(`${file}:1:1 id: is missing`);
    expect(() => loadEvent('events')).toThrow('events: is a folder: name the file in it');
    expect(() => loadEvent('no.yaml')).toThrow('no.yaml: there is no such file');
  });
});
