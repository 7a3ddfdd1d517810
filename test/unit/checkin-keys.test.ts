import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOTHING, takeKey } from '../../web/checkin/door.tsx';

/** What comes of keys, each so many milliseconds after the one before. */
function press(keys: readonly string[], gap: number) {
  let typed = NOTHING;
  let at = 1000;
  return keys.map((key) => {
    at += gap;
    const step = takeKey(typed, key, at);
    typed = step.typed;
    return step;
  });
}

const TICKET = 'PLN1:390SAKVRE A7/$A1*GN';

describe('a scanner that types like a keyboard', () => {
  it('is heard with all it read, and its Enter and spaces press nothing', () => {
    const steps = press([...TICKET, 'Enter'], 8);
    expect(steps.at(-1)).toEqual({ typed: NOTHING, text: TICKET, isScanner: true });
    expect(steps[TICKET.indexOf(' ')]?.isScanner).toBe(true);
  });

  it('may press Shift between its letters', () => {
    const keys = [...TICKET].flatMap((key) => ['Shift', key]);
    expect(press([...keys, 'Enter'], 8).at(-1)?.text).toBe(TICKET);
  });

  it('whatever it reads is heard as it is', () => {
    const text = fc.string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 200 });
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 0, max: 60 }),
        (typed, gap) => press([...typed, 'Enter'], gap).at(-1)?.text === typed,
      ),
    );
  });
});

describe('a hand that types', () => {
  it('is never taken for a scanner', () => {
    const keys = fc.array(fc.constantFrom(...'abcXYZ019 ', 'Enter', 'Shift', 'Backspace'), { maxLength: 100 });
    fc.assert(
      fc.property(keys, fc.integer({ min: 61, max: 1000 }), (typed, gap) =>
        press(typed, gap).every(({ isScanner }) => !isScanner),
      ),
    );
  });

  it('presses Enter as ever, also at once after a few letters', () => {
    expect(press(['Enter'], 8).at(-1)?.isScanner).toBe(false);
    expect(press([...'abc', 'Enter'], 8).at(-1)).toEqual({ typed: NOTHING, isScanner: false });
  });
});
