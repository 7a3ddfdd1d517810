import { expect, it } from 'vitest';
import { watchForAttack } from '../../shared/mail/limits/watch-for-attack.case.ts';
import { recordsOf } from '../support/stream.ts';

const mail = (createdAt: string, changes: Record<string, unknown> = {}) => ({
  kind: 'confirmed',
  eventId: 'forum',
  createdAt,
  ...changes,
});
const NOON = '2027-03-01T12:00:01.000Z';

/** What is counted of these. */
async function countedOf(...items: Record<string, unknown>[]): Promise<readonly string[]> {
  const counted: string[] = [];
  const count = (mails: readonly string[]) => {
    counted.push(...mails);
    return Promise.resolve(new Map());
  };
  await watchForAttack({ outbox: { count } } as never, recordsOf(items).Records);
  return counted;
}

it('AB4: counts by the minute and the hour in which people sent, not in which mail leaves', async () => {
  expect(await countedOf(mail(NOON), mail('2027-03-01T12:00:59.999Z'), mail('2027-03-01T13:01:00.000Z'))).toEqual([
    ...['forum#2027-03-01T12:00', 'forum#2027-03-01T12'],
    ...['forum#2027-03-01T12:00', 'forum#2027-03-01T12'],
    ...['forum#2027-03-01T13:01', 'forum#2027-03-01T13'],
  ]);
});

it('AB4: keeps events apart, and counts only what a form causes', async () => {
  const kinds = ['promoted', 'link', 'guardian-request', 'delegation-link'];
  const others = kinds.map((kind) => mail(NOON, { kind, eventId: kind }));
  const counted = await countedOf(mail(NOON), mail(NOON, { eventId: 'other' }), { id: 'a-job' }, ...others);
  const events = counted.filter((each) => each.includes(':')).map((each) => each.split('#')[0]);
  expect(events).toEqual(['forum', 'other', ...kinds.slice(1)]);
});
