import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isId } from '../../shared/kernel/event-id.ts';
import { idFromTitle } from '../../web/console/event/id-from-title.ts';

describe('the id of a session that is added', () => {
  it.each([
    ['Meet & greet', 'meet-greet'],
    ['Café d’été', 'cafe-d-ete'],
    ['2027: what next?', 'what-next'],
    ['កិច្ចប្រជុំ', 'session'],
    ['', 'session'],
  ])('of "%s" is %s', (title, id) => {
    expect(idFromTitle(title, [])).toBe(id);
  });

  it('is an id, and new, whatever the title and whatever there is', () => {
    const title = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 30, maxLength: 200 }));
    fc.assert(
      fc.property(title, fc.nat(30), (typed, times) => {
        const taken: string[] = [];
        for (let time = 0; time <= times; time += 1) {
          const id = idFromTitle(typed, taken);
          expect(isId(id)).toBe(true);
          expect(taken).not.toContain(id);
          taken.push(id);
        }
      }),
    );
  });
});
