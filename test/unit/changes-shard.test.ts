import { describe, expect, it } from 'vitest';
import { REGISTRATION_STATUSES } from '../../shared/event/attendee.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { unansweredApplication } from '../../shared/minors/young.ts';
import { changesShard, comingShards, endedShard, minorsShard } from '../../shared/registration/list/changes-shard.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { toRegistrationItem } from '../../shared/registration/registration.store.ts';
import { changed, newRegistration } from '../../shared/registration/registration-state.store.ts';
import { forum } from '../support/forum.ts';

const { rules } = splitTexts(forum({ id: 'shards' }));
const NOW = new Date('2027-11-02T03:00:00Z');
const confirmed = (): Registration =>
  newRegistration(realSystem, rules, unansweredApplication({ name: 'A', email: 'a@example.org', language: 'en' }), {
    status: 'confirmed',
    seats: [],
  });
const next = (before: Registration, change: Partial<Registration>) => changed(before, change, NOW);

describe('the shard of a registration in the index of changes', () => {
  it('is one of four for whoever comes, as often each', () => {
    const found = Array.from({ length: 400 }, () => changesShard(confirmed()));
    for (const shard of comingShards('shards')) {
      expect(found.filter((each) => each === shard).length).toBeGreaterThan(50);
    }
    expect(new Set(found)).toEqual(new Set(comingShards('shards')));
  });

  it.each(REGISTRATION_STATUSES.filter((status) => status !== 'confirmed'))(
    'CS2: is none before someone was ever confirmed, and that of the ended afterwards: %s',
    (status) => {
      const never: Registration = { ...confirmed(), status };
      expect(changesShard(never)).toBeUndefined();
      expect(changesShard({ ...never, ageBand: 'minor' })).toBeUndefined();
      expect(changesShard(next(never, { fullName: 'B' }))).toBeUndefined();
      const ended = next(confirmed(), { status });
      expect(changesShard(ended)).toBe(endedShard('shards'));
      expect(changesShard(next(ended, { fullName: 'B' }))).toBe(endedShard('shards'));
      expect(next(ended, { status: 'confirmed' })).toMatchObject({ hadTicket: undefined, status: 'confirmed' });
    },
  );

  it('is none again where another ticket took the place of one that was good, until that is good itself', () => {
    const suspended = next(confirmed(), { status: 'pending-approval' });
    const replaced = next(suspended, { ticketId: 'OTHER' });
    expect(changesShard(replaced)).toBeUndefined();
    expect(changesShard(next(replaced, { status: 'confirmed' }))).toBeDefined();
    expect(changesShard(next(confirmed(), { status: 'waitlisted', ticketId: 'OTHER' }))).toBeUndefined();
  });

  it('is one for minors who come and those who look after them, who are looked at together', () => {
    expect(changesShard({ ...confirmed(), ageBand: 'minor' })).toBe(minorsShard('shards'));
    expect(changesShard({ ...confirmed(), chaperoning: { minors: {} } })).toBe(minorsShard('shards'));
    expect(changesShard(next({ ...confirmed(), ageBand: 'minor' }, { status: 'cancelled' }))).toBe(
      endedShard('shards'),
    );
  });

  it('is written with the registration', () => {
    const registration = confirmed();
    expect(toRegistrationItem(registration, 1)).toMatchObject({ rosterShard: changesShard(registration) });
  });
});
