import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isId } from '../../shared/kernel/event-id.ts';
import { proposedRehearsal } from '../../web/console/event/definition/copy-event.tsx';
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

describe('CI16: a rehearsal', () => {
  const days = [{ id: 'one', title: '', date: '2027-11-02', start: '09:00', end: '17:00' }];
  const proposed = (id: string, now: string) =>
    proposedRehearsal({ id, days, timeZone: 'Asia/Phnom_Penh' }, new Date(now));

  it.each([
    ['forum', '2026-12-01T03:00:00Z', '2026-12-01', 'forum-rehearsal-1201-1000'],
    ['forum', '2026-12-01T10:00:00Z', '2026-12-02', 'forum-rehearsal-1201-1700'],
    ['forum', '2026-12-31T16:59:00Z', '2027-01-01', 'forum-rehearsal-1231-2359'],
    ['forum-rehearsal-1201-1000', '2026-12-02T03:07:00Z', '2026-12-02', 'forum-rehearsal-1202-1007'],
    ['a-long-name-of-event-2027', '2026-12-01T03:00:00Z', '2026-12-01', 'a-long-name-of-event-rehearsal-1201-1000'],
  ])('of %s at %s is proposed on %s as %s', (event, now, firstDay, id) => {
    expect(proposed(event, now)).toEqual({ firstDay, id });
    expect(isId(id)).toBe(true);
  });
});
