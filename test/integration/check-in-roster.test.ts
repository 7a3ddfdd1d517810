import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROSTER_SETTLES } from '../../shared/checkin/roster/roster-for.case.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { ticketHash, ticketHashOf, ticketIdBytes } from '../../shared/ticket/ticket-names.store.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { rosterPeople } from '../support/roster-people.ts';
import { entriesOf } from '../support/roster-phone.ts';

const SECOND = 1000;

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

const hashOf = ({ ticketId }: Registration) => ticketHash(ticketIdBytes(ticketId));
/** How many people one answer after another tells of. */
const told = (answers: readonly { readonly entries: string }[]) => answers.map((answer) => entriesOf(answer).size);

describe('CI11: a roster', () => {
  it('says nothing readable, and each entry opens with its own ticket alone', async () => {
    const people = rosterPeople(parts, 'sealed');
    const [one, two] = [await people.enter({ badgeName: 'Unmistakable' }), await people.enter()];
    const phone = people.phone();
    const answers = await phone.pull();
    const bytes = answers.map(({ entries }) => Buffer.from(entries, 'base64url').toString('latin1')).join();
    for (const secret of ['Unmistakable', 'Ministry', one.reference, one.ticketId, 'sokha']) {
      expect(bytes).not.toContain(secret);
    }
    expect(await phone.open(one.ticketId)).toMatchObject({ reference: one.reference, name: 'Unmistakable' });
    expect(await phone.open(two.ticketId)).toMatchObject({ reference: two.reference, name: 'Sokha Sample' });
    const [ofOne, ofTwo] = [hashOf(one), hashOf(two)].map((hash) => hash.toString('hex'));
    phone.entries.set(ofTwo ?? '', phone.entries.get(ofOne ?? '') ?? new Uint8Array());
    expect(await phone.open(two.ticketId)).toBeUndefined();
    expect(await phone.open('0'.repeat(20))).toBeUndefined();
  });

  it('CS13: says of someone under 18 who they are only to a phone of vetted staff', async () => {
    const people = rosterPeople(parts, 'young');
    const child = await people.enter({ ageBand: 'minor', badgeName: 'Young Sample' });
    const [vetted, other] = [people.phone(), people.phone({ isVetted: false })];
    await Promise.all([vetted.pull(), other.pull()]);
    expect(await vetted.open(child.ticketId)).toMatchObject({ name: 'Young Sample', isMinor: true });
    const seen = await other.open(child.ticketId);
    expect(seen).toMatchObject({ isMinor: true, hold: 'consent' });
    expect([seen?.name, seen?.organisation]).toEqual([undefined, undefined]);
  });

  it('CS2: has nobody who was never confirmed', async () => {
    const people = rosterPeople(parts, 'never');
    await people.enter({ status: 'pending-guardian', ageBand: 'minor' });
    await people.enter({ status: 'pending-approval' });
    const waits = await people.enter({ status: 'waitlisted' });
    await people.change(waits, { status: 'cancelled' });
    const phone = people.phone();
    expect(told(await phone.pull())).toEqual([0]);
  });
});

describe('what changed', () => {
  it('is told, and nothing else once it has settled', async () => {
    const people = rosterPeople(parts, 'delta');
    const all = await Promise.all(Array.from({ length: 20 }, () => people.enter()));
    people.clock.now += ROSTER_SETTLES + SECOND;
    const phone = people.phone();
    expect(told(await phone.pull())).toEqual([20]);
    people.clock.now += SECOND;
    expect(told(await phone.pull())).toEqual([0]);
    const [one] = all as [Registration];
    await people.change(one, { status: 'cancelled' });
    expect(told(await phone.pull())).toEqual([1]);
    expect(await phone.open(one.ticketId)).toMatchObject({ isConfirmed: false });
    people.clock.now += ROSTER_SETTLES - SECOND;
    expect(told(await phone.pull())).toEqual([1]);
    people.clock.now += 2 * SECOND;
    await phone.pull();
    expect(told(await phone.pull())).toEqual([0]);
  });

  it('is found also where it was stamped before the phone asked last, and written after', async () => {
    const people = rosterPeople(parts, 'late');
    const phone = people.phone();
    people.clock.now += 60 * SECOND;
    await phone.pull();
    people.clock.now -= 20 * SECOND;
    const late = await people.enter();
    people.clock.now += 20 * SECOND;
    await phone.pull();
    expect(await phone.open(late.ticketId)).toBeDefined();
  });

  it('CS5: takes the entry of a ticket that was replaced, or whose holder had everything erased, from the phone', async () => {
    const people = rosterPeople(parts, 'gone');
    const [one, two] = [await people.enter(), await people.enter()];
    people.clock.now += ROSTER_SETTLES + SECOND;
    const phone = people.phone();
    await phone.pull();
    const next = await people.replace(one);
    await people.erase(two);
    await phone.pull();
    expect(await phone.open(one.ticketId)).toBeUndefined();
    expect(await phone.open(two.ticketId)).toBeUndefined();
    expect(await phone.open(next.ticketId)).toMatchObject({ name: 'Dara Sample' });
  });

  it('CS12: tells everyone under 18 anew where an adult is ready to look after them, or is not any more', async () => {
    const people = rosterPeople(parts, 'chaperones');
    const { event } = people;
    const guardianConsents = Object.fromEntries(event.minors?.consents.map(({ id, version }) => [id, version]) ?? []);
    const ready = { acceptedAt: '2027-10-01T00:00:00Z', vettedUntil: '2099-12-31' };
    const adult = await people.enter({ chaperoning: { ...ready, minors: {} } });
    const days = event.days.map(({ id }) => id);
    const chaperone = { reference: adult.reference, days, ...ready };
    const child = await people.enter({ ageBand: 'minor', minor: { guardianConsents, chaperone } });
    const elsewhere = await people.enter();
    people.clock.now += ROSTER_SETTLES + SECOND;
    const phone = people.phone();
    await phone.pull();
    // The event wants two adults at least.
    expect(await phone.open(child.ticketId)).toMatchObject({ hold: 'chaperone' });
    const second = await people.enter({ chaperoning: { ...ready, minors: {} } });
    await phone.pull();
    expect((await phone.open(child.ticketId))?.hold).toBeUndefined();
    people.clock.now += ROSTER_SETTLES + SECOND;
    await phone.pull();
    await people.change(second, { status: 'cancelled' });
    expect(told(await phone.pull())).toEqual([3]);
    expect(await phone.open(child.ticketId)).toMatchObject({ hold: 'chaperone' });
    expect(await phone.open(elsewhere.ticketId)).toMatchObject({ isConfirmed: true });
  });

  it('CS24: tells a chaperone’s ticket whom they look after, and vetted staff alone who looks after somebody', async () => {
    const people = rosterPeople(parts, 'ties');
    const ready = { acceptedAt: '2027-10-01T00:00:00Z', vettedUntil: '2099-12-31' };
    const days = people.event.days.map(({ id }) => id);
    const adult = await people.enter({ chaperoning: { ...ready, minors: {} }, badgeName: 'Somchai Sample' });
    const chaperone = { reference: adult.reference, days, ...ready };
    const child = await people.enter({ ageBand: 'minor', minor: { chaperone } });
    const asked = await people.enter({ ageBand: 'minor', minor: { chaperone: { reference: adult.reference, days } } });
    const [vetted, other] = [people.phone(), people.phone({ isVetted: false })];
    await vetted.pull();
    await other.pull();
    expect(await vetted.open(adult.ticketId)).not.toHaveProperty('wards');
    people.clock.now += ROSTER_SETTLES + SECOND;
    let carer = await people.change(adult, { chaperoning: { ...ready, minors: { [child.reference]: true } } });
    await vetted.pull();
    await other.pull();
    const wards = [ticketHashOf(child)];
    expect(await vetted.open(adult.ticketId)).toMatchObject({ wards });
    expect(await other.open(adult.ticketId)).toMatchObject({ wards });
    expect(await vetted.open(child.ticketId)).toMatchObject({ isMinor: true, chaperone: 'Somchai Sample' });
    expect(await vetted.open(asked.ticketId)).not.toHaveProperty('chaperone');
    expect(await other.open(child.ticketId)).not.toHaveProperty('chaperone');
    // Whose vetting is taken back is asked about them, and nobody leaves with them.
    for (const [changed, may] of [
      [{ ...ready, vettedUntil: undefined }, false],
      [{ ...ready, acceptedAt: undefined }, false],
      [ready, true],
    ] as const) {
      people.clock.now += ROSTER_SETTLES + SECOND;
      carer = await people.change(carer, { chaperoning: { ...changed, minors: { [child.reference]: true } } });
      await vetted.pull();
      await other.pull();
      for (const phone of [vetted, other]) {
        expect((await phone.open(adult.ticketId))?.mayTakeAlong).toBe(may || undefined);
        expect(await phone.open(adult.ticketId)).toMatchObject({ wards });
      }
      expect((await vetted.open(child.ticketId))?.chaperone).toBe(may ? 'Somchai Sample' : undefined);
    }
    await people.change(child, { status: 'cancelled' });
    await vetted.pull();
    expect(await vetted.open(adult.ticketId)).not.toHaveProperty('wards');
  });

  it.each(['', 'x', 'WzFd', '%%%', 'bnVsbA', 'eyJhIjoxfQ'])(
    'is everything for a cursor that is none: "%s"',
    async (bad) => {
      const people = rosterPeople(parts, 'bad-cursor');
      if (bad === '') await people.enter();
      const phone = people.phone();
      const [answer] = await phone.pull();
      expect(answer).toMatchObject({ isWhole: true, hasMore: false });
      const { decodeCursor } = await import('../../shared/checkin/roster/roster-cursor.ts');
      expect(decodeCursor(bad)).toBeUndefined();
      expect(decodeCursor(answer?.cursor ?? '')).toBeDefined();
      expect(answer?.cursor.length).toBeLessThan(500);
    },
  );
});

describe('CI12: check-ins', () => {
  it('of others are told at the next request, of the lists of a device, and its own only until it has caught up', async () => {
    const people = rosterPeople(parts, 'feed');
    const own = await people.scan('7K3M9QX2', 'T'.repeat(22));
    const phone = people.phone();
    await phone.pull();
    expect([...phone.scans().values()]).toEqual([[own]]);
    people.clock.now += SECOND;
    const theirs = await people.scan('OTHER000', 'T'.repeat(22));
    await people.scan('OTHER000', 'T'.repeat(22), 'day-1');
    await people.scan('7K3M9QX2', 'U'.repeat(22));
    await phone.pull();
    expect(phone.scans()).toEqual(new Map([[`event ${'T'.repeat(22)}`, [own, theirs].sort()]]));
    people.clock.now += 60 * SECOND;
    await phone.pull();
    expect((await phone.pull()).flatMap(({ checkIns }) => checkIns)).toEqual([]);
  });
});

describe('all that a phone was told bit by bit', () => {
  it('is what another is told at once, whatever happened in whatever order', async () => {
    const step = fc.record({
      what: fc.constantFrom('enter', 'enter', 'young', 'cancel', 'again', 'replace', 'erase', 'scan', 'wait'),
      whom: fc.nat(7),
      seconds: fc.constantFrom(0, 1, 5, 29, 31, 100),
      pulls: fc.boolean(),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        run += 1;
        const people = rosterPeople(parts, `course-${run}`);
        const phone = people.phone();
        const tickets: string[] = [];
        let current: Registration[] = [];
        const put = (after: Registration, before?: Registration) => {
          tickets.push(after.ticketId);
          current = [...current.filter((each) => each !== before), after];
        };
        for (const { what, whom, seconds, pulls } of steps) {
          const one = current[whom % Math.max(1, current.length)];
          if (what === 'enter') put(await people.enter());
          else if (what === 'young') put(await people.enter({ ageBand: 'minor' }));
          else if (what === 'scan') await people.scan('OTHER000', `T${whom}`);
          else if (one !== undefined && what === 'cancel') put(await people.change(one, { status: 'cancelled' }), one);
          else if (one !== undefined && what === 'again') put(await people.change(one, { status: 'confirmed' }), one);
          else if (one !== undefined && what === 'replace') put(await people.replace(one), one);
          else if (one !== undefined && what === 'erase') {
            await people.erase(one);
            current = current.filter((each) => each !== one);
          }
          people.clock.now += seconds * SECOND;
          if (pulls) await phone.pull();
        }
        const anew = people.phone();
        await Promise.all([phone.pull(), anew.pull()]);
        for (const ticket of new Set(tickets)) expect(await phone.open(ticket)).toEqual(await anew.open(ticket));
        const open = await Promise.all(current.map(({ ticketId }) => anew.open(ticketId)));
        expect(open.filter((each) => each?.isConfirmed).length).toBe(
          current.filter(({ status }) => status === 'confirmed').length,
        );
        expect(phone.scans()).toEqual(anew.scans());
      }),
      { numRuns: 15 },
    );
  });
});
