import { describe, expect, it } from 'vitest';
import { mannerOf, mostDifferent, sharePage } from '../../shared/minors/report/report-order.ts';

const rows = (name: string, count: number, state = 'new') =>
  Array.from({ length: count }, (_, n) => ({ name: `${name} ${n}`, state }));

describe('CS23: a page of reports', () => {
  it('leaves those that took no work a share, however many did', () => {
    const { proven, rest } = sharePage({ proven: rows('flood', 51), rest: rows('real', 20) }, 50);
    expect([proven.length, rest.length]).toEqual([35, 15]);
  });

  it.each([
    ['few that took none', 51, 2, [48, 2]],
    ['few that took some', 3, 51, [3, 47]],
    ['none that took any', 0, 51, [0, 50]],
    ['few of both', 3, 4, [3, 4]],
  ])('leaves no place empty: %s', (_, some, none, expected) => {
    const { proven, rest } = sharePage({ proven: rows('some', some), rest: rows('none', none) }, 50);
    expect([proven.length, rest.length]).toEqual(expected);
  });

  it('shows what is handled once everything that is open was shown', () => {
    const handled = rows('handled', 60, 'handled');
    expect(sharePage({ proven: rows('some', 51), rest: handled }, 50).rest).toEqual([]);
    expect(sharePage({ proven: rows('some', 51), rest: [...rows('none', 2), ...handled] }, 50).rest).toHaveLength(2);
    expect(sharePage({ proven: rows('some', 50), rest: handled }, 60).rest).toHaveLength(10);
  });
});

const REAL = [
  'My brother is alone with a man in the tent behind the hall. Please come.',
  'A volunteer asked my daughter for her phone number and photos. She is 13.',
  'ក្មេងប្រុសម្នាក់ត្រូវបានគេនាំចេញពីបន្ទប់។ សូមជួយផង។',
  'help',
];

/** Numbers that look like chance, the same at each run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}
const next = chance(7);
const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
const word = (): string =>
  Array.from({ length: 3 + Math.floor(next() * 6) }, () => pick([...'abcdefghijklmnopqrstuvwxyz'])).join('');
const FLOODS: Readonly<Record<string, () => string>> = {
  'words of chance': () => Array.from({ length: 12 }, word).join(' '),
  'one sentence with another word each': () => `Nobody reads this ${word()}, and nobody will, ${word()}.`,
  'sentences put together': () =>
    Array.from({ length: 3 }, () =>
      pick([
        'The coffee is cold.',
        'The room is loud.',
        'Where is the bus?',
        'The talk was long.',
        'No seats were left.',
      ]),
    ).join(` ${word()} `),
};

describe('CS23: those that differ most', () => {
  it.each(Object.entries(FLOODS))('have a real report on the first page, of 1,500 that are %s', (_, say) => {
    const flood = Array.from({ length: 1500 }, () => ({ manner: mannerOf(say()), isReal: false }));
    const all = [
      ...flood.slice(0, 700),
      ...REAL.map((what) => ({ manner: mannerOf(what), isReal: true })),
      ...flood.slice(700),
    ];
    expect(
      mostDifferent(all)
        .slice(0, 50)
        .filter(({ isReal }) => isReal),
    ).toHaveLength(REAL.length);
  });

  it('begin with what was kept before it was measured; one alone, or none, is no fault', () => {
    const old = { manner: undefined };
    expect(mostDifferent([{ manner: mannerOf('a') }, old])[0]).toBe(old);
    expect(mostDifferent([])).toEqual([]);
    expect(mostDifferent([{ manner: mannerOf('') }])).toHaveLength(1);
  });

  it('are told by measures that hold nothing of the text', () => {
    expect(mannerOf('He waits outside')).toHaveLength(mannerOf('A'.repeat(5000)).length);
    expect(Buffer.from(mannerOf('He waits outside'), 'base64url').toString('latin1')).not.toMatch(/waits|outside/);
  });
});
