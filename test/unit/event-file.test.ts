import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkEvent, describe as describeProblems, loadEvent } from '../../cli/event-file.ts';
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
    line: 2,
    message: 'write it out: aliases such as *a are not read',
  },
  'an alias stands for itself': { source: 'id: &a\n  - *a\n', line: 2, message: /^write it out/ },
  'a bracket is never closed': {
    source: FORUM.replace('codes: [BN', 'codes: [[BN'),
    line: lineOf('questions:\n'),
    message: /^Flow sequence/,
  },
  'it is indented with tabs': {
    source: FORUM.replace('  km: រាជរដ្ឋាភិបាល', '\tkm: រាជរដ្ឋាភិបាល'),
    line: lineOf('  km: រាជរដ្ឋាភិបាល'),
    message: 'Tabs are not allowed as indentation',
  },
  'it holds two documents': { source: `${FORUM}---\nid: second\n`, line: LINES, message: /multiple documents/ },
  'a tag asks for code': {
    source: FORUM.replace('version: 1', 'version: !!js/function "() => 1"'),
    line: 6,
    message: /^Unresolved tag/,
  },
  'it is nested without end': {
    source: `id: ${'['.repeat(50_000)}`,
    line: 1,
    message: 'the file is nested too deeply',
  },
  'it is longer than any definition': {
    source: '#'.repeat(600_000),
    line: 1,
    message: 'the file is larger than 512 KB',
  },
  'it speaks a language that the site does not': {
    source: FORUM.replace('languages: [en, km]', 'languages:\n  - en\n  - th').replaceAll(/^([ -]+)km:/gm, '$1th:'),
    line: lineOf('languages:') + 2,
    message: 'the site does not speak th yet: pages in it would be shown in English',
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

describe('loadEvent', () => {
  it('names the file, the line and the problem', () => {
    const file = resolve('package.json');
    expect(() => loadEvent(file)).toThrow(`${file}:1:1 id: is missing`);
  });
});
