import { describe, expect, it } from 'vitest';
import { localTime } from '../../shared/kernel/text/zoned-time.ts';
import { digestsFor, type Reader } from '../../shared/registration/digest/digest.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';

const NOW = new Date('2027-03-10T01:00:00Z');
const person = (reference: string, changes: Partial<Registration> = {}): Registration =>
  ({
    reference,
    status: 'pending-approval',
    submittedAt: '2027-03-09T00:00:00.000Z',
    country: 'TH',
    organisation: 'Sample Ministry',
    fullName: 'Somchai Sample',
    ...changes,
  }) as Registration;
const thailand: Reader = { id: 'th', grants: [{ role: 'focal-point', countries: ['TH'] }] };
const laos: Reader = { id: 'la', grants: [{ role: 'focal-point', countries: ['LA'] }] };
const organiser: Reader = { id: 'org', grants: [{ role: 'organiser' }] };
const told = (people: readonly Registration[], readers: readonly Reader[], event = {}) =>
  Object.fromEntries(digestsFor(event, people, readers, NOW).map(([{ id }, digest]) => [id, digest]));

describe('the digest', () => {
  it('tells a focal point of their own, and since when the first waits', () => {
    const people = [
      person('A'),
      person('B', { pendingSince: '2027-03-08T00:00:00.000Z' }),
      person('C', { country: 'LA' }),
    ];
    expect(told(people, [thailand, laos])).toEqual({
      th: { own: { count: 2, since: '2027-03-08T00:00:00.000Z' } },
      la: { own: { count: 1, since: '2027-03-09T00:00:00.000Z' } },
    });
  });

  it('tells organisers of those only whom no focal point can be told of', () => {
    const people = [person('A'), person('B', { country: 'VN' })];
    expect(told(people, [thailand, organiser])['org']).toEqual({
      unreached: { count: 1, since: '2027-03-09T00:00:00.000Z' },
    });
    expect(told([person('A')], [thailand, organiser])).not.toHaveProperty('org');
    expect(told([person('A')], [organiser])['org']).toMatchObject({ unreached: { count: 1 } });
  });

  it('escalates whoever is overdue to the organisers, longest first, whoever decides on them', () => {
    const people = [
      person('LATE2', { pendingSince: '2027-03-04T00:00:00.000Z' }),
      person('LATE1', { pendingSince: '2027-03-01T00:00:00.000Z', country: 'LA' }),
      person('FRESH'),
    ];
    const all = told(people, [thailand, laos, organiser]);
    expect(all['org']).toEqual({ overdue: { count: 2, references: ['LATE1', 'LATE2'] } });
    expect(all['th']).toMatchObject({ overdue: { count: 1, references: ['LATE2'] } });
    expect(told(people, [organiser], { approval: { expectedDays: 60 } })['org']).not.toHaveProperty('overdue.count');
  });

  it('tells nobody where nobody waits', () => {
    const decided = person('A', { status: 'confirmed' });
    expect(told([decided], [thailand, organiser])).toEqual({});
    expect(told([], [thailand, organiser])).toEqual({});
  });

  it('names at most twenty references, and counts all', () => {
    const late = Array.from({ length: 30 }, (_, index) =>
      person(`R${index}`, { pendingSince: `2027-02-01T00:00:${String(index).padStart(2, '0')}.000Z` }),
    );
    const { overdue } = told(late, [organiser])['org'] ?? {};
    expect([overdue?.count, overdue?.references.length, overdue?.references[0]]).toEqual([30, 20, 'R0']);
  });

  it('CS13: counts a young person for organisers alone, and names none, not even by a reference', () => {
    const child = person('CHILD', { ageBand: 'minor', pendingSince: '2027-03-01T00:00:00.000Z' });
    const all = told([child], [thailand, organiser]);
    expect(all).toEqual({
      org: { unreached: { count: 1, since: '2027-03-01T00:00:00.000Z' }, overdue: { count: 1, references: [] } },
    });
  });

  it('is one for whoever is organiser and focal point at once', () => {
    const both: Reader = { id: 'both', grants: [...organiser.grants, ...thailand.grants] };
    const people = [person('A'), person('B', { country: 'VN' })];
    expect(told(people, [both])).toMatchObject({ both: { own: { count: 1 }, unreached: { count: 1 } } });
  });
});

describe('local time', () => {
  it.each([
    ['2027-03-10T01:00:00Z', 'Asia/Phnom_Penh', '2027-03-10', '08:00'],
    ['2027-03-10T18:00:00Z', 'Asia/Phnom_Penh', '2027-03-11', '01:00'],
    ['2027-03-28T06:00:00Z', 'Europe/Berlin', '2027-03-28', '08:00'],
    ['2027-03-27T07:00:00Z', 'Europe/Berlin', '2027-03-27', '08:00'],
    ['2027-11-07T12:59:59Z', 'America/New_York', '2027-11-07', '07:59'],
    ['2027-03-10T02:15:00Z', 'Asia/Kathmandu', '2027-03-10', '08:00'],
  ])('at %s in %s is %s %s', (instant, zone, date, time) => {
    expect(localTime(new Date(instant), zone)).toEqual({ date, time });
  });
});
