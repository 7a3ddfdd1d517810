import { expect, it } from 'vitest';
import { attackWatch, type NewMessage } from '../../shared/mail/limits/watch-for-attack.case.ts';

const NOON = Date.parse('2027-03-01T12:00:00Z');
const at = (second: number, changes: Partial<NewMessage> = {}): NewMessage => ({
  kind: 'confirmed',
  eventId: 'forum',
  createdAt: new Date(NOON + second * 1000).toISOString(),
  ...changes,
});
const times = (count: number, message: NewMessage): NewMessage[] => Array(count).fill(message);

it('AB4: counts by the minute in which people sent, not in which mail leaves', () => {
  const watch = attackWatch();
  const now = new Date(NOON + 5 * 60_000);
  expect(watch.note(times(10, at(1)), now)).toEqual(new Map([['forum', 10]]));
  expect(watch.note([...times(5, at(59)), at(61)], now)).toEqual(new Map([['forum', 15]]));
  expect(watch.note([at(62)], now)).toEqual(new Map([['forum', 2]]));
});

it('AB4: keeps events apart, and counts only what a form causes', () => {
  const watch = attackWatch();
  const noted = watch.note(
    [
      ...times(3, at(1)),
      ...times(2, at(1, { eventId: 'other' })),
      at(1, { kind: 'promoted' }),
      at(1, { kind: 'link' }),
      at(1, { kind: 'guardian-request' }),
      at(1, { kind: 'delegation-link' }),
    ],
    new Date(NOON),
  );
  expect(noted).toEqual(
    new Map([
      ['forum', 6],
      ['other', 2],
    ]),
  );
});

it('AB4: forgets what is long past', () => {
  const watch = attackWatch();
  watch.note(times(10, at(0)), new Date(NOON));
  watch.note([at(3600)], new Date(NOON + 3_600_000));
  expect(watch.note([at(0)], new Date(NOON + 3_600_000)).get('forum')).toBe(1);
});
