import { analyse } from 'scslre';
import { describe, expect, it } from 'vitest';
import { type Pattern, patternsIn } from '../support/patterns.ts';
import { processorTime } from '../support/processor-time.ts';

/** Bytes of hostile input, and the milliseconds that no pattern may take for it. */
const SIZE = 10 * 1024;
const LIMIT = 10;

const { literals, made } = patternsIn(['shared', 'functions', 'web']);
const patterns = [...new Map(literals.map((pattern) => [`/${pattern.source}/${pattern.flags}`, pattern]))];

describe('AB11: every regular expression is linear', () => {
  it('finds them, and none that is put together at run time', () => {
    expect(patterns.length).toBeGreaterThan(40);
    expect(made).toEqual([]);
  });

  it.each(patterns)('%s, by its structure', (_, { place, source, flags }) => {
    const found = analyse({ source, flags }).reports.map(({ type }) => `${type} at ${place}`);
    expect(found).toEqual([]);
  });

  it.each(patterns)('%s, for ten kilobytes that nearly match', (_, pattern) => {
    let slow: string | undefined;
    for (const input of hostileTo(pattern)) {
      if (millisecondsOf(pattern, input) < LIMIT) continue;
      slow = `${JSON.stringify(input.slice(0, 8))}… at ${pattern.place}`;
      // A pattern that is slow is so for hundreds of inputs, which take many minutes.
      break;
    }
    expect(slow).toBeUndefined();
  });

  it('would see one that is not', () => {
    for (const source of ['(a+)+$', '\\s+$', '^a*a*b', '[^@]+@']) {
      expect(analyse({ source, flags: 'u' }).reports).not.toEqual([]);
    }
    const quadratic: Pattern = { place: '', source: '\\s+$', flags: 'u' };
    expect(millisecondsOf(quadratic, `${fill(' ')}x`, 2)).toBeGreaterThan(LIMIT);
  });
});

/** Letters that patterns treat apart: space, line ends, digits, signs, marks, joiners, emoji, half of a pair. */
const GENERIC = ['a', 'Z', '0', ' ', '\t', '\n', '-', '.', '@', '\u0301', '\u200D', 'ក', '\u{1F600}', '\uD83D'];

/** One letter, two in turn, one and then another, many and then an end that does not fit, the reverse: one by one, as all take tens of megabytes. */
function* hostileTo({ source }: Pattern): Generator<string> {
  const own = [...new Set(source.replaceAll(/\\./gu, ''))];
  const letters = [...new Set([...own, ...GENERIC])];
  for (const first of letters) {
    for (const second of letters) {
      yield fill(`${first}${second}`);
      yield `${fill(first)}${second}`;
      yield `${second}${fill(first)}`;
      yield `${fill(first, SIZE / 2)}${fill(second, SIZE / 2)}!`;
    }
  }
}

const fill = (text: string, size = SIZE): string => text.repeat(Math.ceil(size / text.length)).slice(0, size);

function millisecondsOf({ source, flags }: Pattern, input: string, tries?: number): number {
  const pattern = new RegExp(source, flags);
  return processorTime(() => input.replace(pattern, ''), LIMIT, tries);
}
