import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MOST_SHOWN } from '../../shared/checkin/review/conflicts.case.ts';
import { memberId } from '../../shared/kernel/identity.store.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { confirmedYoung } from '../support/confirmed-young.ts';
import { aMoment, errorsOf, open, openDoors, problem, twoDoors } from '../support/doors.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { scan as scanTable } from '../support/registry.ts';
import { identityOf } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

/** What of the registry says some words. */
const mentions = async (words: string) =>
  (await scanTable(parts, 'registry')).filter((item) => JSON.stringify(item).includes(words));

/** Does what waits to be done about check-ins of an event, twice: a function may stop in the middle, and begin anew. */
async function doJobs(eventId: string): Promise<readonly unknown[]> {
  const { realDeps } = await import('../../functions/housekeeping/index.ts');
  const { transferAttendance } = await import('../../shared/checkin/review/carry-check-ins.case.ts');
  const { anonymiseCheckIns } = await import('../../shared/checkin/review/carry-check-ins.case.ts');
  const deps = realDeps();
  const jobs = (await scanTable(parts, 'outbox')).filter(
    (item) => item['eventId'] === eventId && String(item['job']).endsWith('check-ins'),
  );
  for (const { job, reference } of [...jobs, ...jobs]) {
    const about = { eventId, job, reference: String(reference) } as never;
    await asFunction('housekeeping', () =>
      job === 'carry-check-ins'
        ? transferAttendance(deps, about)
        : anonymiseCheckIns(deps.checkIns, eventId, String(reference)),
    );
  }
  return jobs.map(({ job }) => job);
}

describe('CI5: what a person has to look at', () => {
  it('names the person, the doors and the scans, until somebody decided, and counts them', async () => {
    const { doors, holder, first, second } = await twoDoors(parts, 'inbox');
    expect((await doors.show()).conflicts).toBe(1);
    const inbox = await doors.conflicts();
    expect(inbox).toEqual({
      decisions: [],
      more: 0,
      conflicts: [
        {
          ...{ list: 'event', ticket: holder.ticket, reference: holder.reference, name: 'Sokha Twice' },
          ...{ isGone: false, decisions: 0 },
          scans: [
            {
              ...{ scanId: first.scanId, device: 'Left door', kind: 'in', at: expect.any(String) },
              ...{ isConflict: false, isDecided: false },
            },
            {
              ...{ scanId: second.scanId, device: 'Right door', kind: 'in', at: expect.any(String) },
              ...{ isConflict: true, isDecided: false },
            },
          ],
        },
      ],
    });
    const said = { decision: 'same-person', scans: [second.scanId], note: 'Came back for a bag.' };
    const answer = await doors.decide(holder.ticket, said);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(await doors.conflicts());
    expect(answer.body).toEqual({
      conflicts: [],
      more: 0,
      decisions: [
        {
          ...{ list: 'event', ticket: holder.ticket, reference: holder.reference, name: 'Sokha Twice' },
          ...said,
          ...{ isGone: false, isReplaced: false, mayOpenAgain: [second.scanId], after: 1 },
          at: expect.any(String),
          by: { isYou: true, isMember: true, label: 'organiser' },
        },
      ],
    });
    expect(await doors.show()).toMatchObject({ conflicts: 0 });
    expect((await doors.list('event')).counts, 'no scan is changed').toEqual({ came: 1, inside: 1 });
  });

  it('is decided once, however often and by however many it is sent', async () => {
    const { doors, holder, second } = await twoDoors(parts, 'inbox-once');
    const said = { decision: 'mistake', scans: [second.scanId] };
    const answers = await Promise.all([1, 2, 3, 4].map(() => doors.decide(holder.ticket, said)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await doors.conflicts()).decisions).toHaveLength(1);
    const other = await doors.decide(holder.ticket, { ...said, decision: 'someone-else' });
    expect(other).toMatchObject({ status: 409, body: { type: problem('out-of-date') } });
    expect((await doors.conflicts()).decisions).toHaveLength(1);
    expect((await doors.audit()).filter((line) => line === 'decide-conflict event')).toHaveLength(1);
  });

  it('is decided by one where two decide otherwise at the same moment', async () => {
    const { doors, holder, second } = await twoDoors(parts, 'inbox-race');
    const of = (decision: string) => doors.decide(holder.ticket, { decision, scans: [second.scanId] });
    const answers = await Promise.all(['same-person', 'someone-else', 'mistake', 'let-in'].map(of));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect((await doors.conflicts()).decisions).toHaveLength(1);
  });

  it('comes again with a scan that nobody had seen, and shows what was decided', async () => {
    const { doors, holder, left, scan, second } = await twoDoors(parts, 'inbox-again');
    await doors.decide(holder.ticket, { decision: 'same-person', scans: [second.scanId] });
    await aMoment();
    const third = scan({ correctedAt: Date.now() + 4000 });
    await left.send([third]);
    const { conflicts } = await doors.conflicts();
    expect(conflicts).toHaveLength(1);
    const decided = conflicts[0].scans.map((each: { scanId: string; isDecided: boolean }) => [
      each.scanId,
      each.isDecided,
    ]);
    expect(decided).toEqual(
      expect.arrayContaining([
        [second.scanId, true],
        [third.scanId, false],
      ]),
    );
    const both = { decision: 'mistake', scans: [second.scanId, third.scanId] };
    expect((await doors.decide(holder.ticket, both)).status, 'without having seen what was decided').toBe(409);
    expect((await doors.decide(holder.ticket, { ...both, after: 1 })).status).toBe(200);
    const after = await doors.conflicts();
    expect(after.conflicts).toEqual([]);
    expect(after.decisions).toMatchObject([{ decision: 'mistake' }, { decision: 'same-person', isReplaced: true }]);
  });

  it('is opened again by whoever sees what was decided, and decided anew; all that was said stays on record', async () => {
    const { doors, holder, second } = await twoDoors(parts, 'inbox-opened');
    const scans = [second.scanId];
    await doors.decide(holder.ticket, { decision: 'someone-else', scans, note: 'Her colleague.' });
    const again = { decision: 'open-again', scans, after: 1 };
    const opened = await Promise.all([1, 2, 3].map(() => doors.decide(holder.ticket, again)));
    expect(opened.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await doors.show()).toMatchObject({ conflicts: 1 });
    const { conflicts, decisions } = await doors.conflicts();
    expect(conflicts).toMatchObject([{ decisions: 2, scans: [{}, { isConflict: true, isDecided: false }] }]);
    expect(decisions).toMatchObject([
      { decision: 'open-again', isReplaced: false, mayOpenAgain: [] },
      { decision: 'someone-else', note: 'Her colleague.', isReplaced: true, mayOpenAgain: [] },
    ]);
    const late = await doors.decide(holder.ticket, { decision: 'mistake', scans, after: 1 });
    expect(late, 'who did not see that it is open again').toMatchObject({ status: 409 });
    const anew = await doors.decide(holder.ticket, { decision: 'same-person', scans, after: 2 });
    expect(anew.body).toMatchObject({ conflicts: [], decisions: [{ decision: 'same-person' }, {}, {}] });
    expect((await doors.list('event')).counts, 'no scan is changed').toEqual({ came: 1, inside: 1 });
    expect((await doors.audit()).filter((line) => line === 'decide-conflict event')).toHaveLength(3);
  });

  it('says who decided, as the team calls them, also when they are not of it any more', async () => {
    const { doors, holder, second } = await twoDoors(parts, 'inbox-who');
    const by = async () => (await doors.conflicts()).decisions[0].by;
    const said = { decision: 'mistake', scans: [second.scanId], after: 0 };
    const at = { listId: 'event', ticket: holder.ticket };
    expect((await doors.ask('decideConflict', at, said, 'vettedOrganiser')).status).toBe(200);
    expect(await by()).toEqual({ isYou: false, isMember: true, label: 'vettedOrganiser' });
    await doors.ask('revokeRoles', { memberId: memberId(identityOf('vettedOrganiser')) });
    expect(await by()).toEqual({ isYou: false, isMember: false });
    expect((await doors.ask('decideConflict', at, { ...said, after: 1 }, 'vettedOrganiser')).status).toBe(403);
  });

  it('CS20: says nothing any more of someone who had everything erased, and is still on record', async () => {
    const { doors, holder, second, left, scan } = await twoDoors(parts, 'inbox-erased');
    const note = 'Sokha came with her sister.';
    await doors.decide(holder.ticket, { decision: 'same-person', scans: [second.scanId], note });
    const third = scan({ correctedAt: Date.now() + 4000 });
    await left.send([third]);
    await doors.press('twice@example.org', 'erase', [['confirm', 'yes']]);
    const more = { decision: 'someone-else', scans: [third.scanId], after: 1 };
    const refused = await doors.decide(holder.ticket, { ...more, note });
    expect(errorsOf(refused), 'at once').toEqual({ status: 422, errors: ['note does-not-fit'] });
    expect(await doJobs(doors.id)).toEqual(['unname-check-ins']);
    expect(await mentions('sister')).toEqual([]);
    expect(await mentions(holder.reference)).toEqual([]);
    const still = await doors.decide(holder.ticket, { ...more, note });
    expect(errorsOf(still), 'also when nothing says whose it was').toEqual({
      status: 422,
      errors: ['note does-not-fit'],
    });
    const answer = await doors.decide(holder.ticket, more);
    expect(answer).toMatchObject({ status: 200, body: { conflicts: [], decisions: [{ isGone: true }, {}] } });
    expect(answer.body.decisions[1]).toMatchObject({ decision: 'same-person', scans: [second.scanId], isGone: true });
    expect(answer.body.decisions[1]).not.toHaveProperty('note');
    expect((await doors.list('event')).counts).toEqual({ came: 1, inside: 1 });
  });

  it('CS20: is found under the ticket that someone has now, and the former one says nothing of them', async () => {
    const { doors, holder, second } = await twoDoors(parts, 'inbox-carried');
    const note = 'Sokha came back.';
    await doors.decide(holder.ticket, { decision: 'same-person', scans: [second.scanId], note });
    const { revision } = await doors.registrationOf('twice@example.org');
    const params = { reference: holder.reference };
    const corrected = { email: 'right@example.org', revision };
    expect((await doors.ask('correctAddress', params, corrected)).status).toBe(200);
    expect(await doJobs(doors.id)).toEqual(['carry-check-ins']);
    const now = ticketHashOf(await doors.registrationOf('right@example.org'));
    const { conflicts, decisions } = await doors.conflicts();
    expect(conflicts, 'nobody looks at the same scans again').toEqual([]);
    const of = (ticket: string) => decisions.find((each: { ticket: string }) => each.ticket === ticket);
    expect(decisions).toHaveLength(2);
    expect(of(now)).toMatchObject({ note, name: 'Sokha Twice', isGone: false, mayOpenAgain: [expect.any(String)] });
    expect(of(holder.ticket)).toMatchObject({ isGone: true, mayOpenAgain: [] });
    expect(of(holder.ticket)).not.toHaveProperty('note');
    await doors.press('right@example.org', 'erase', [['confirm', 'yes']]);
    expect([...(await doJobs(doors.id))].sort()).toEqual(['carry-check-ins', 'unname-check-ins']);
    expect(await mentions(note)).toEqual([]);
    expect(await mentions(holder.reference)).toEqual([]);
  });

  it('CS20: says nothing of someone who had everything erased before what they attended followed them', async () => {
    const { doors, holder } = await twoDoors(parts, 'inbox-both');
    const { revision } = await doors.registrationOf('twice@example.org');
    const corrected = { email: 'right-both@example.org', revision };
    await doors.ask('correctAddress', { reference: holder.reference }, corrected);
    await doors.press('right-both@example.org', 'erase', [['confirm', 'yes']]);
    await doJobs(doors.id);
    expect(await mentions(holder.reference)).toEqual([]);
  });

  it('CS20: says nothing of someone whom a desk let in before they were confirmed, and who had everything erased', async () => {
    const doors = await openDoors(parts, 'inbox-waits', { sessions: [], categories: forum().categories });
    await doors.put('event', open);
    const waits = await doors.holder('waits@example.org', { category: 'media', fullName: 'Sokha Waits' });
    expect(waits.status).toBe('pending-approval');
    const phone = await openPhone(parts, doors.id);
    const scanned = sentScan({ ticket: waits.ticket, reference: waits.reference });
    await phone.send([scanned]);
    const note = 'Sokha came with the minister.';
    expect((await doors.decide(waits.ticket, { decision: 'let-in', scans: [scanned.scanId], note })).status).toBe(200);
    await doors.press('waits@example.org', 'erase', [['confirm', 'yes']]);
    await doJobs(doors.id);
    expect(await mentions(waits.reference)).toEqual([]);
    expect(await mentions(note)).toEqual([]);
    expect((await doors.list('event')).counts).toEqual({ came: 1, inside: 1 });
  });

  it('CS5, CS20: says nothing of someone under 18 who ended', async () => {
    const doors = await openDoors(parts, 'inbox-ended');
    await doors.put('event', open);
    const { reference, ticketId } = await confirmedYoung(parts, doors, 'ended@young.example.org');
    const ticket = ticketHashOf({ ticketId });
    const phone = await openPhone(parts, doors.id);
    const scanned = sentScan({ ticket, reference });
    await phone.send([scanned]);
    const said = { decision: 'let-in', scans: [scanned.scanId], after: 0, note: 'Dara’s aunt was there.' };
    const at = { listId: 'event', ticket };
    expect((await doors.ask('decideConflict', at, said, 'vettedOrganiser')).status).toBe(200);
    expect((await doors.press('ended@young.example.org', 'cancel')).statusCode).toBe(200);
    const more = { ...said, decision: 'mistake', after: 1 };
    const refused = { status: 422, errors: ['note does-not-fit'] };
    expect(errorsOf(await doors.ask('decideConflict', at, more, 'vettedOrganiser')), 'at once').toEqual(refused);
    await doJobs(doors.id);
    expect(await mentions('aunt')).toEqual([]);
    expect(errorsOf(await doors.ask('decideConflict', at, more, 'vettedOrganiser'))).toEqual(refused);
    const { decisions } = await doors.conflicts('vettedOrganiser');
    expect(decisions).toMatchObject([{ decision: 'let-in', isGone: true }]);
    expect(decisions[0]).not.toHaveProperty('name');
  });

  it('is the oldest hundred where there are more, and says how many', async () => {
    const doors = await openDoors(parts, 'inbox-many');
    await doors.put('event', open);
    const phone = await openPhone(parts, doors.id);
    const nobody = Array.from({ length: MOST_SHOWN + 3 }, () => sentScan());
    await phone.send(nobody);
    const { conflicts, more } = await doors.conflicts();
    expect([conflicts.length, more]).toEqual([MOST_SHOWN, 3]);
    expect(await doors.show()).toMatchObject({ conflicts: MOST_SHOWN + 3 });
  });

  it('is nothing any more once the scan is taken back', async () => {
    const { doors, holder, right, scan, second } = await twoDoors(parts, 'inbox-undone');
    await right.send([scan({ kind: 'undo', undoes: second.scanId, correctedAt: Date.now() })]);
    expect((await doors.conflicts()).conflicts).toEqual([]);
    expect((await doors.decide(holder.ticket, { decision: 'mistake', scans: [second.scanId] })).status).toBe(404);
  });

  it('CI14: says why a desk let in somebody without a ticket, and takes no reason of a door', async () => {
    const doors = await openDoors(parts, 'inbox-reasons');
    await doors.put('event', open);
    const [desk, door] = [
      await openPhone(parts, doors.id, { maySearch: true }),
      await openPhone(parts, doors.id, { maySearch: false }),
    ];
    const known = sentScan({ reason: ' Their\u202e mail was  eaten ' });
    const kept = { result: 'kept', doubt: 'unknown-ticket' };
    expect((await desk.send([known])).answers).toEqual([kept]);
    expect((await desk.send([known])).answers).toEqual([{ result: 'known' }]);
    expect((await desk.send([sentScan({ reason: 'x'.repeat(801) })])).answers).toEqual([
      { result: 'refused', why: 'not-a-scan' },
    ]);
    expect((await door.send([sentScan({ reason: 'A friend' })])).answers).toEqual([
      { result: 'refused', why: 'not-a-desk' },
    ]);
    const { conflicts } = await doors.conflicts();
    expect(conflicts.map(({ scans }: { scans: object[] }) => scans)).toEqual([
      [expect.objectContaining({ scanId: known.scanId, doubt: 'unknown-ticket', reason: 'Their mail was eaten' })],
    ]);
  });

  it('CS24: is whoever under 18 was noted as gone by a device that may not say with whom, and keeps which of four it was', async () => {
    const doors = await openDoors(parts, 'inbox-companions');
    await doors.put('event', { ...open, passing: 'in-and-out' });
    const young = await confirmedYoung(parts, doors, 'leaves@example.org');
    const about = { ticket: ticketHashOf(young), reference: young.reference, kind: 'out' };
    const vetted = { vettedUntil: '2099-12-31' };
    const door = await openPhone(parts, doors.id);
    const watched = await openPhone(parts, doors.id, vetted);
    const hall = await openPhone(parts, doors.id, { maySearch: true });
    const desk = await openPhone(parts, doors.id, { maySearch: true, ...vetted });
    const left = async (phone: typeof door, companion?: string) =>
      (await phone.send([sentScan({ ...about, ...(companion && { companion }) })])).answers[0];
    const [fine, doubted] = [{ result: 'kept' }, { result: 'kept', doubt: 'left-unasked' }];
    for (const phone of [door, watched, hall, desk]) {
      expect(await left(phone)).toEqual(doubted);
      expect(await left(phone, 'chaperone')).toEqual(fine);
      for (const companion of ['guardian', 'adult', 'alone']) {
        expect(await left(phone, companion), companion).toEqual(phone === desk ? fine : doubted);
      }
    }
    const refused = { result: 'refused', why: 'not-a-scan' };
    expect(await left(desk, 'friend')).toEqual(refused);
    const came = sentScan({ ...about, kind: 'in', companion: 'guardian' });
    expect((await desk.send([came])).answers).toEqual([refused]);
    const facts = (await scanTable(parts, 'registry')).filter(
      ({ pk, device }) => String(pk).startsWith(`SCAN#${doors.id}`) && device === desk.deviceId,
    );
    expect(facts.map(({ companion }) => companion).sort()).toEqual([
      'adult',
      'alone',
      'chaperone',
      'guardian',
      undefined,
    ]);
    const { conflicts } = await doors.conflicts();
    expect(conflicts).toHaveLength(1);
    expect(JSON.stringify(conflicts)).not.toMatch(/guardian|adult|alone/);
  });

  it('CS24: is whoever under 18 two phones noted as gone, whichever tells it first, unless it is known that they came in between', async () => {
    const doors = await openDoors(parts, 'inbox-left-twice');
    await doors.put('event', { ...open, passing: 'in-and-out' });
    const vetted = { maySearch: true, vettedUntil: '2099-12-31' };
    const [one, two] = [await openPhone(parts, doors.id, vetted), await openPhone(parts, doors.id, vetted)];
    const now = Date.now();
    const told = async (email: string) => {
      const young = await confirmedYoung(parts, doors, email);
      const about = { ticket: ticketHashOf(young), reference: young.reference };
      return async (phone: typeof one, after: number, kind: 'in' | 'out', companion?: string) => {
        const times = { scannedAt: now + after, correctedAt: now + after };
        const scan = sentScan({ ...about, ...times, kind, ...(companion && { companion }) });
        return (await phone.send([scan])).answers[0]?.doubt;
      };
    };
    const fetched = await told('fetched@example.org');
    expect(await fetched(two, 4, 'out', 'guardian')).toBeUndefined();
    expect(await fetched(two, 5, 'out', 'guardian')).toBeUndefined();
    expect(await fetched(one, 2, 'out', 'adult')).toBe('left-unasked');
    const returned = await told('returned@example.org');
    await returned(two, 3, 'in');
    expect(await returned(two, 4, 'out', 'guardian')).toBeUndefined();
    expect(await returned(one, 2, 'out', 'alone')).toBeUndefined();
    const { reference, revision, ...young } = await confirmedYoung(parts, doors, 'renewed@example.org');
    const times = { scannedAt: now, correctedAt: now };
    await one.send([sentScan({ ticket: ticketHashOf(young), ...times, kind: 'out', companion: 'guardian' })]);
    expect((await doors.ask('replaceTicket', { reference }, { revision }, 'vettedOrganiser')).status).toBe(200);
    expect(await doJobs(doors.id)).toEqual(['carry-check-ins']);
    const doubts = (await doors.conflicts()).conflicts.flatMap(({ scans }: { scans: { doubt?: string }[] }) =>
      scans.flatMap(({ doubt }) => doubt ?? []),
    );
    expect(doubts.filter((doubt: string) => doubt === 'left-unasked')).toHaveLength(1);
  });

  it('is also what staff let pass against the rules, and a ticket of nobody, without a name', async () => {
    const doors = await openDoors(parts, 'inbox-doubts');
    await doors.put('event', open);
    const online = await doors.holder('online@example.org', { mode: 'online' });
    const phone = await openPhone(parts, doors.id);
    const unknown = sentScan();
    await phone.send([sentScan({ ticket: online.ticket, reference: online.reference }), unknown]);
    const { conflicts } = await doors.conflicts();
    const doubts = conflicts.map(({ name, scans: [scan] }: { name?: string; scans: { doubt: string }[] }) => [
      name,
      scan?.doubt,
    ]);
    expect(doubts).toHaveLength(2);
    expect(doubts).toEqual(
      expect.arrayContaining([
        ['Somchai Sample', 'other-mode'],
        [undefined, 'unknown-ticket'],
      ]),
    );
    const decided = { decision: 'let-in', scans: [unknown.scanId] };
    expect((await doors.decide(unknown.ticket, decided)).status).toBe(200);
    expect((await doors.conflicts()).conflicts).toHaveLength(1);
  });

  it.each([
    ['a ticket that nobody scanned', { ticket: 'n'.repeat(22) }, {}, 404],
    ['another list', { listId: 'day-day-1' }, {}, 404],
    ['a ticket that is none', { ticket: 'short' }, {}, 422],
    ['a scan that was not seen', {}, { scans: ['s'.repeat(22)] }, 409],
    ['no scan', {}, { scans: [] }, 422],
    ['a decision that is none', {}, { decision: 'forget it' }, 422],
    ['a note without end', {}, { note: 'x'.repeat(501) }, 422],
    ['no word of what they saw', {}, { after: undefined }, 422],
    ['opening what is open', {}, { decision: 'open-again' }, 409],
  ])('cannot be decided for %s', async (what, where, change, status) => {
    const id = `inbox-bad-${what.replaceAll(' ', '-')}`.slice(0, 40);
    const { doors, holder, second } = await twoDoors(parts, id);
    const at = { listId: 'event', ticket: holder.ticket, ...where };
    const answer = await doors.ask('decideConflict', at, {
      decision: 'mistake',
      scans: [second.scanId],
      after: 0,
      ...change,
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expect(await doors.conflicts()).toMatchObject({ decisions: [], conflicts: [{}] });
  });

  it('CS13, CS14, CS15: names someone under 18 to those only who were vetted, and not where that they looked cannot be noted', async () => {
    const doors = await openDoors(parts, 'inbox-young');
    await doors.put('event', open);
    const { reference, ticketId } = await confirmedYoung(parts, doors, 'dara@young.example.org');
    const phone = await openPhone(parts, doors.id);
    await phone.send([sentScan({ ticket: ticketHashOf({ ticketId }), reference })]);

    const hidden = await doors.conflicts();
    expect(hidden.conflicts).toMatchObject([{ reference, scans: [{ doubt: 'hold' }] }]);
    expect(JSON.stringify(hidden)).not.toContain('Dara');
    expect(await doors.audit()).not.toContain('list-minors');
    expect((await doors.conflicts('vettedOrganiser')).conflicts).toMatchObject([{ name: 'Dara Young' }]);
    expect(await doors.audit()).toContain('list-minors');

    const { realDeps } = await import('../../functions/doors/index.ts');
    const { listConflicts } = await import('../../shared/checkin/review/conflicts.case.ts');
    const request = { params: { eventId: doors.id }, language: 'en' } as never;
    const vetted = { id: 'someone', ticks: [], grants: [{ role: 'organiser', vettedUntil: '2099-12-31' }] } as const;
    const look = (auditTable: string) => listConflicts({ ...realDeps(), auditTable })(request, vetted);
    expect(await look(realDeps().auditTable)).toMatchObject({ status: 200 });
    await expect(look('no-such-table')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('names nobody who came in the place of whoever was scanned', async () => {
    const { doors, holder } = await twoDoors(parts, 'inbox-substituted');
    const { revision } = await doors.registrationOf('twice@example.org');
    const body = { fullName: 'Other Person', position: 'Adviser', email: 'next@example.org', revision };
    const params = { reference: holder.reference };
    expect((await doors.ask('substituteRegistration', params, body)).status).toBe(200);
    const { conflicts } = await doors.conflicts();
    expect(conflicts).toMatchObject([{ reference: holder.reference, isGone: true }]);
    expect(conflicts[0]).not.toHaveProperty('name');
  });
});
