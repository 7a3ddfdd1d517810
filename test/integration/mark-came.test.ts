import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MOST_MARKED } from '../../shared/checkin/attendance/arrivals.ts';
import { markCame } from '../../shared/checkin/attendance/mark-came.case.ts';
import { doJob } from '../../shared/jobs.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { memberId } from '../../shared/kernel/identity.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { newJob } from '../../shared/mail/outbox/new-items.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { call, postJson } from '../support/call.ts';
import { errorsOf, HOUR, open, openDoors } from '../support/doors.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { rosterPeople } from '../support/roster-people.ts';
import { ask, identityOf, type TeamMember } from '../support/team.ts';
import { withSend } from '../support/with-send.ts';

let parts: Parts;

beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

const MINUTE = 60_000;
const WHY = 'The list at the door was signed on paper.';

interface Line {
  readonly status: string;
  readonly reference?: string;
  readonly fullName?: string;
  readonly doubt?: string;
  readonly cameAt?: string;
  readonly isByHand?: true;
}

/** Three adults, a list that is open now, and what a member marks on it. */
async function doorsWith(id: string) {
  const doors = await openDoors(parts, id);
  expect((await doors.put('event', open)).status).toBe(200);
  const [one, two, three] = [
    await doors.holder('one@example.org', { fullName: 'One Sample', country: 'TH' }),
    await doors.holder('two@example.org', { fullName: 'Two Sample', country: 'TH' }),
    await doors.holder('three@example.org', { fullName: 'Three Sample', country: 'LA' }),
  ];
  const at = new Date(Date.now() - 30 * MINUTE).toISOString();
  const send = (lines: readonly string[], more: object = {}, who: TeamMember = 'organiser', list = 'event') =>
    ask(who, 'markCame', {
      params: { eventId: id, listId: list },
      body: { lines, at, why: WHY, step: 'mark', ...more },
    });
  const statuses = async (...asked: Parameters<typeof send>): Promise<readonly string[]> => {
    const { status, body } = await send(...asked);
    expect(status).toBe(200);
    return body.lines.map((line: Line) => line.status);
  };
  const came = async (reference: string) => (await doors.ask('showAttendance', { reference })).body.came;
  return { doors, one, two, three, at, send, statuses, came };
}

describe('CI13: to mark people as come who were not scanned', () => {
  it('says first of each line what would be done, and then does it: by reference or ticket number, whatever else is in the line', async () => {
    const { doors, one, two, three, at, send, statuses, came } = await doorsWith('mark-lines');
    const young = await rosterPeople(parts, doors.id).enter({
      ...{ fullName: 'Young Canary', badgeName: 'Young Canary', ageBand: 'minor', minor: {}, country: 'TH' },
    });
    const stranger = await (await openDoors(parts, 'mark-elsewhere')).holder('else@example.org');
    const lines = [
      `1.  ${one.reference.slice(0, 3).toLowerCase()}-${one.reference.slice(3)}\tOne Sample, signed`,
      // A phone number that reads as a reference, of nobody.
      `Two Sample,0887654321,${two.ticketId}`,
      one.reference,
      young.reference,
      stranger.reference,
      stranger.ticketId,
      '=HYPERLINK("x") signature',
      '',
    ];
    const wanted = ['ready', 'ready', 'repeated', 'minor', 'unknown', 'unknown', 'unreadable', 'unreadable'];
    const look = await send(lines, { step: 'look' });
    expect(look.body.lines.map((line: Line) => line.status)).toEqual(wanted);
    expect(look.body.lines[1]).toEqual({ status: 'ready', reference: two.reference, fullName: 'Two Sample' });
    expect(JSON.stringify(look.body)).not.toContain('Canary');
    expect(await came(one.reference)).toEqual([]);
    expect(await scan(parts, 'audit', { having: { eventId: doors.id, action: 'mark-came' } })).toEqual([]);
    expect(await statuses(lines)).toEqual(wanted.map((status) => (status === 'ready' ? 'marked' : status)));
    const by = { label: 'organiser', isYou: true, isMember: true };
    const expected = { list: 'event', mode: 'in-person', cameAt: at, isByHand: true, said: { why: WHY, by } };
    for (const each of [one, two]) expect(await came(each.reference)).toEqual([expected]);
    expect(await came(three.reference)).toEqual([]);
    expect((await doors.counts('event')).total).toEqual({ came: 2, inside: 2 });
    const noted = await scan(parts, 'audit', { having: { eventId: doors.id, action: 'mark-came' } });
    expect(noted).toMatchObject([{ about: 'event', people: 2, why: WHY, by: expect.any(String) }]);
  });

  it('adds nothing when it is done again, tells who came before, and phones hear of it', async () => {
    const { doors, one, two, at, send, statuses } = await doorsWith('mark-twice');
    const phone = await openPhone(parts, doors.id);
    const scanned = sentScan({ ticket: one.ticket, reference: one.reference, list: 'event' });
    await phone.send([scanned]);
    const both = [one.reference, two.reference];
    const { body } = await send(both, { step: 'look' });
    expect(body.lines[0]).toMatchObject({ status: 'came', cameAt: new Date(scanned.correctedAt).toISOString() });
    const [first, second] = await Promise.all([statuses(both), statuses(both)]);
    for (const each of [first, second]) expect(['came marked', 'came came']).toContain(each.join(' '));
    expect(await statuses(both)).toEqual(['came', 'came']);
    expect((await send(both)).body.lines[1]).toMatchObject({ cameAt: at, isByHand: true });
    expect((await doors.counts('event')).total.came).toBe(2);
    const { checkIns } = await phone.roster();
    expect(JSON.stringify(checkIns)).toContain(two.ticket);
    // A scan that comes later of one who is in by hand is a conflict like another one.
    const { answers } = await phone.send([sentScan({ ticket: two.ticket, reference: two.reference, list: 'event' })]);
    expect(answers).toMatchObject([{ result: 'kept', earlier: { device: 'by-hand' } }]);
    expect((await doors.conflicts()).conflicts).toHaveLength(1);
  });

  it('is taken back with who and why, once, and can be marked anew', async () => {
    const { doors, one, two, statuses, came } = await doorsWith('mark-back');
    const phone = await openPhone(parts, doors.id);
    await phone.send([sentScan({ ticket: two.ticket, reference: two.reference, list: 'event' })]);
    expect(await statuses([one.reference])).toEqual(['marked']);
    const back = { step: 'take-back', why: 'Signed in the wrong row.' };
    // What a phone scanned is not taken back here.
    expect(await statuses([one.reference, two.reference], back)).toEqual(['taken-back', 'not-marked']);
    expect(await statuses([one.reference], back)).toEqual(['not-marked']);
    expect(await came(one.reference)).toEqual([]);
    expect((await doors.counts('event')).total.came).toBe(1);
    expect(await statuses([one.reference])).toEqual(['marked']);
    expect(await came(one.reference)).toHaveLength(1);
    const noted = await scan(parts, 'audit', { having: { eventId: doors.id, action: 'take-back-mark' } });
    expect(noted).toMatchObject([{ about: 'event', people: 1, why: 'Signed in the wrong row.' }]);
  });

  it('is noted with the person where it is one, by who did it and why', async () => {
    const { doors, one, two, statuses } = await doorsWith('mark-noted');
    await statuses([one.reference], { why: 'I saw them on stage.' });
    await statuses([one.reference], { why: 'I saw them on stage.' });
    await statuses([one.reference], { step: 'take-back', why: 'It was their sister.' });
    await statuses([one.reference, two.reference], { why: 'They signed.' });
    const all = await scan(parts, 'audit', { having: { eventId: doors.id } });
    const by = memberId(identityOf('organiser'));
    const of = (about: string) =>
      all
        .filter((each) => each['about'] === about && /mark/.test(String(each['action'])))
        .map((each) => [each['action'], each['by'], each['why']]);
    expect(of(one.reference).sort()).toEqual([
      ['mark-came', by, 'I saw them on stage.'],
      ['take-back-mark', by, 'It was their sister.'],
    ]);
    expect(of(two.reference)).toEqual([]);
    expect(of('event').sort()).toEqual([
      ['mark-came', by, 'I saw them on stage.'],
      ['mark-came', by, 'They signed.'],
      ['take-back-mark', by, 'It was their sister.'],
    ]);
  });

  it('says of each person of a list which member marked them, and to erase them leaves neither that nor why', async () => {
    const { doors, one, two, three, statuses, came } = await doorsWith('mark-by');
    expect(await statuses([one.reference, two.reference, three.reference], {}, 'vettedOrganiser')).toEqual(
      Array(3).fill('marked'),
    );
    expect(await statuses([one.reference, two.reference])).toEqual(['came', 'came']);
    const by = { label: 'vettedOrganiser', isYou: false, isMember: true };
    for (const each of [one, two]) expect(await came(each.reference)).toMatchObject([{ said: { why: WHY, by } }]);
    // What becomes of tickets that were replaced, or whose holder is gone, waits for minutes.
    const settled = async () => {
      const { realDeps } = await import('../../functions/housekeeping/index.ts');
      for (const { job, id } of await scan(parts, 'outbox', { having: { eventId: doors.id } })) {
        if (!String(job).endsWith('-check-ins')) continue;
        vi.useFakeTimers({ now: Date.now() + HOUR, toFake: ['Date'] });
        await asFunction('housekeeping', () => doJob(realDeps(), String(id)));
        vi.useRealTimers();
      }
    };
    const own = await ask('vettedOrganiser', 'showAttendance', {
      params: { eventId: doors.id, reference: one.reference },
    });
    expect(own.body.came).toMatchObject([{ said: { by: { ...by, isYou: true } } }]);
    const marks = async () => (await scan(parts, 'registry', { having: { list: 'event' } })).filter(isByHand);
    const isByHand = ({ pk, device }: Record<string, unknown>) =>
      String(pk).startsWith(`SCAN#${doors.id}#`) && device === 'by-hand';
    // It follows to another ticket.
    expect((await doors.ask('replaceTicket', { reference: one.reference }, { revision: one.revision })).status).toBe(
      200,
    );
    await settled();
    expect(await came(one.reference)).toMatchObject([{ said: { why: WHY, by } }]);
    const former = (await marks()).filter(({ ticket }) => ticket === one.ticket);
    expect(former.map((each) => [each['by'], each['reason']])).toEqual(Array(2).fill([undefined, undefined]));
    // Of a mark of before it was kept, who made it is not told.
    const old = (await marks()).find(({ ticket }) => ticket === two.ticket);
    const client = documentClient(parts.database.client);
    const { pk, sk } = old ?? {};
    const Update = { TableName: parts.database.tables.registry, Key: { pk, sk } };
    await client.send(
      new UpdateCommand({ ...Update, UpdateExpression: 'REMOVE #by', ExpressionAttributeNames: { '#by': 'by' } }),
    );
    expect((await came(two.reference))[0].said).toEqual({ why: WHY });
    expect(await statuses([two.reference], { step: 'take-back', why: 'Wrong row.' })).toEqual(['taken-back']);
    const ofThree = async () => (await marks()).filter(({ ticket }) => ticket === three.ticket);
    expect(await ofThree()).toMatchObject([{ reason: WHY, by: memberId(identityOf('vettedOrganiser')) }]);
    await doors.press('three@example.org', 'erase', [['confirm', 'yes']]);
    await settled();
    const left = await ofThree();
    expect(left).toHaveLength(1);
    expect(left[0]).toMatchObject({ kind: 'in' });
    for (const name of ['by', 'reason']) expect(left[0]).not.toHaveProperty(name);
  });

  it('goes by the rules of the door: whom it would not have let pass counts, and a member has to look', async () => {
    const { doors, one, two, send } = await doorsWith('mark-doubt');
    await doors.press('two@example.org', 'cancel', [['confirm', 'yes']]);
    const early = new Date(Date.now() - 30 * HOUR).toISOString();
    const { body } = await send([one.reference, two.reference], { step: 'look', at: early });
    expect(body.lines.map(({ doubt }: Line) => doubt)).toEqual(['not-yet', 'not-confirmed']);
    expect((await doors.conflicts()).conflicts).toEqual([]);
    await send([one.reference, two.reference], { at: early });
    expect((await doors.conflicts()).conflicts).toHaveLength(2);
  });

  it('is one at a time of someone under 18, by who may see them and says why they look', async () => {
    const { doors, one, statuses } = await doorsWith('mark-young');
    const young = await rosterPeople(parts, doors.id).enter({
      ...{ fullName: 'Young Canary', badgeName: 'Young Canary', ageBand: 'minor', minor: {}, country: 'TH' },
    });
    expect(await statuses([young.reference])).toEqual(['minor']);
    expect(await statuses([young.reference, one.reference], { step: 'look' }, 'vettedOrganiser')).toEqual([
      'minor',
      'ready',
    ]);
    const body = { lines: [young.reference], at: new Date(Date.now() - MINUTE).toISOString(), why: WHY, step: 'mark' };
    const params = { eventId: doors.id, listId: 'event' };
    for (const who of ['vettedOrganiser', 'safeguarding'] as const) {
      expect((await call('markCame', { params, ...postJson(body), caller: identityOf(who) })).statusCode, who).toBe(
        428,
      );
    }
    expect(await statuses([young.reference], {}, 'safeguarding')).toEqual(['marked']);
    expect(await statuses([one.reference], {}, 'safeguarding')).toEqual(['unknown']);
    const noted = await scan(parts, 'audit', { having: { eventId: doors.id, action: 'read-minor' } });
    expect(noted.map(({ about }) => about)).toContain(young.reference);
  });

  it('CS16: is noted with the one person who is marked alone: someone under 18 is named to nobody who may not know of them', async () => {
    const { doors, one, statuses } = await doorsWith('mark-noted-young');
    const young = await rosterPeople(parts, doors.id).enter({
      ...{ fullName: 'Young Canary', badgeName: 'Young Canary', ageBand: 'minor', minor: {}, country: 'TH' },
    });
    const params = { eventId: doors.id };
    const marks = async (who: TeamMember, route: 'listAudit' | 'listRegistrationAudit', more: object = {}) => {
      const { entries } = (await ask(who, route, { params: { ...params, ...more } })).body;
      return entries.filter(({ action }: { readonly action: string }) => /mark/.test(action));
    };
    for (const step of ['mark', 'take-back'] as const) {
      const done = [step === 'mark' ? 'marked' : 'taken-back'];
      expect(await statuses([young.reference], { step }, 'safeguarding')).toEqual(done);
      expect(await statuses([one.reference], { step })).toEqual(done);
    }
    const seen = await marks('organiser', 'listAudit');
    expect(seen).toHaveLength(8);
    expect(JSON.stringify(seen)).not.toContain(young.reference);
    expect(seen.filter(({ reference }: Line) => reference === one.reference)).toHaveLength(2);
    const file = await ask('organiser', 'exportAudit', { params });
    expect(file.status).toBe(200);
    expect(JSON.stringify(file)).not.toContain(young.reference);
    expect(await marks('organiser', 'listRegistrationAudit', { reference: one.reference })).toHaveLength(2);
    expect(await marks('safeguarding', 'listRegistrationAudit', { reference: young.reference })).toHaveLength(2);
  });

  it('is for organisers, and refuses what cannot be: too much, nothing, a time to come, no reason, a list that is not there', async () => {
    const { doors, one, send } = await doorsWith('mark-refused');
    for (const who of ['thailand', 'care', 'deputy'] as const) {
      expect((await send([one.reference], {}, who)).status, who).toBe(403);
    }
    const refused = async (more: object, lines: readonly string[] = [one.reference]) =>
      errorsOf(await send(lines, more));
    expect(await refused({ at: new Date(Date.now() + HOUR).toISOString() })).toEqual({
      status: 422,
      errors: ['at in-the-future'],
    });
    expect(await refused({ at: '0026-11-02T09:00:00Z' })).toEqual({ status: 422, errors: ['at not-a-date'] });
    expect(await refused({ why: ' ' })).toEqual({ status: 422, errors: ['why required'] });
    expect(await refused({ at: 'today' })).toMatchObject({ status: 422 });
    expect(await refused({}, [])).toMatchObject({ status: 422 });
    expect(
      await refused(
        {},
        Array.from({ length: MOST_MARKED + 1 }, () => 'A'),
      ),
    ).toMatchObject({ status: 422 });
    const many = Array.from({ length: 1_000_000 }, () => one.reference);
    expect((await send(many)).status).toBe(413);
    expect((await send([one.reference], {}, 'organiser', 'nowhere')).status).toBe(404);
    expect((await doors.counts('event')).total.came).toBe(0);
  });

  it('tells the others of what it kept when it is pressed again, where the press before ended in the middle', async () => {
    const { doors, one, two, send, statuses } = await doorsWith('mark-killed');
    const { realDeps } = await import('../../functions/doors/index.ts');
    const cut = async (step: string) => {
      const client = withSend(documentClient(parts.database.client), ({ constructor: { name }, input }, pass) => {
        const { Item } = input as { readonly Item?: { readonly pk?: string } };
        return name === 'PutCommand' && Item?.pk?.startsWith('CHECK-IN-FEED')
          ? Promise.reject(new Error('cut'))
          : pass();
      });
      const deps = { ...realDeps(), client };
      const body = {
        lines: [one.reference, two.reference],
        at: new Date(Date.now() - MINUTE).toISOString(),
        why: WHY,
        step,
      };
      const asked = { params: { eventId: doors.id, listId: 'event' }, body, language: 'en' };
      const caller = { id: 'm', grants: [{ role: 'organiser' }], ticks: ['run-check-in'] };
      await expect(markCame(deps)(asked as never, caller as never)).rejects.toThrow('cut');
    };
    const listed = async () => {
      const { people } = (await doors.ask('listWhoCame', { listId: 'event' })).body;
      return people.filter(({ status }: Line) => status === 'came').length;
    };
    const lines = [one.reference, two.reference];
    await cut('mark');
    expect(await listed()).toBe(0);
    expect((await send(lines, { step: 'look' })).body.lines).toMatchObject(
      Array(2).fill({ status: 'came', isByHand: true }),
    );
    expect(await listed(), 'a look writes nothing').toBe(0);
    expect(await statuses(lines)).toEqual(['came', 'came']);
    expect(await listed()).toBe(2);
    await cut('take-back');
    expect(await listed()).toBe(2);
    expect(await statuses(lines, { step: 'take-back' })).toEqual(['not-marked', 'not-marked']);
    expect(await listed()).toBe(0);
    expect((await doors.counts('event')).total.came).toBe(0);
    // Only what was written is on record: the press again wrote nothing of anybody.
    expect(await scan(parts, 'audit', { having: { eventId: doors.id, action: 'mark-came' } })).toHaveLength(1);
  });

  it('goes by what a ticket was made good with, while no index knows of it: replaced twice, cancelled, substituted, erased', async () => {
    const { doors, one, two, three } = await doorsWith('mark-lagging');
    const params = { eventId: doors.id };
    const { realDeps } = await import('../../functions/doors/index.ts');
    const { realDeps: housekeeping } = await import('../../functions/housekeeping/index.ts');
    const { makePeople } = await import('../../shared/registration/people/keep-people.case.ts');
    await asFunction('housekeeping', () => makePeople(housekeeping(), newJob(realSystem, 'make-people', doors.id)));
    const heldNow = async ({ reference }: { readonly reference: string }) => {
      const { registrations } = await readRegistry(parts, doors.id);
      return registrations.find((each) => each.reference === reference) as Registration;
    };
    const look = async (lines: readonly string[]): Promise<readonly string[]> => {
      const real = realDeps();
      const deps = { ...real, people: { ...real.people, changes: async function* () {} } };
      const body = { lines, at: new Date(Date.now() - MINUTE).toISOString(), why: WHY, step: 'look' };
      const caller = { id: 'm', grants: [{ role: 'organiser' }], ticks: ['run-check-in'] };
      const asked = { params: { ...params, listId: 'event' }, body, language: 'en' };
      const answer = await asFunction('doors', () => markCame(deps)(asked as never, caller as never));
      return (answer as unknown as { readonly body: { readonly lines: readonly Line[] } }).body.lines.map(
        ({ status }: Line) => status,
      );
    };
    const [first] = [one.ticketId];
    expect(await look([first, two.ticketId, three.ticketId])).toEqual(['ready', 'ready', 'ready']);
    const replace = async () => {
      const { revision } = await heldNow(one);
      const done = await ask('organiser', 'replaceTicket', {
        params: { ...params, reference: one.reference },
        body: { revision },
      });
      expect(done.status).toBe(200);
      return (await heldNow(one)).ticketId;
    };
    const [second, third] = [await replace(), await replace()];
    expect(await look([first, second, third])).toEqual(['unknown', 'unknown', 'ready']);
    await doors.press('two@example.org', 'cancel', [['confirm', 'yes']]);
    expect(await look([two.ticketId])).toEqual(['ready']);
    await rosterPeople(parts, doors.id).erase(await heldNow(two));
    expect(await look([two.ticketId])).toEqual(['unknown']);
    const before = await heldNow(three);
    const person = {
      fullName: 'Four Sample',
      badgeName: '',
      position: 'Adviser',
      language: 'en',
      email: 'four@example.org',
    };
    const { status } = await ask('organiser', 'substituteRegistration', {
      params: { ...params, reference: three.reference },
      body: { ...person, revision: before.revision },
    });
    expect(status).toBe(200);
    expect(await look([three.ticketId, (await heldNow(three)).ticketId])).toEqual(['unknown', 'ready']);
  });

  it('knows a list of a closed session for those alone who run check-in', async () => {
    const id = 'mark-closed';
    const doors = await openDoors(parts, id, {});
    const young = await rosterPeople(parts, id).enter({ ageBand: 'minor', minor: {} });
    expect((await doors.put('closed', { place: { kind: 'session', session: 'consultation' } })).status).toBe(200);
    const step = { lines: [young.reference], at: new Date(Date.now() - MINUTE).toISOString(), why: WHY, step: 'look' };
    const looks = (who: TeamMember, listId: string) =>
      ask(who, 'markCame', { params: { eventId: id, listId }, body: step });
    expect((await looks('safeguarding', 'event')).status).toBe(200);
    expect((await looks('safeguarding', 'closed')).status).toBe(404);
    expect((await looks('organiser', 'closed')).status).toBe(200);
  });

  it('marks as many as are taken at once, each once, and goes on where it is sent again', async () => {
    const id = 'mark-many';
    const doors = await openDoors(parts, id);
    await doors.put('event', open);
    const people = rosterPeople(parts, id);
    people.clock.now = Date.now();
    const entered = [];
    for (let n = 0; n < 300; n += 20) {
      entered.push(
        ...(await Promise.all(Array.from({ length: 20 }, (_, each) => people.enter({ fullName: `P ${n + each}` })))),
      );
    }
    const body = {
      lines: entered.map(({ reference }) => reference),
      ...{ at: new Date(Date.now() - MINUTE).toISOString(), why: WHY, step: 'mark' },
    };
    const params = { eventId: id, listId: 'event' };
    const done = await ask('organiser', 'markCame', { params, body });
    expect(new Set(done.body.lines.map(({ status }: Line) => status))).toEqual(new Set(['marked']));
    expect((await doors.counts('event')).total.came).toBe(300);
    const { people: rows } = (await doors.ask('listWhoCame', { listId: 'event' })).body;
    expect(rows.filter(({ status, isByHand }: Line) => status === 'came' && isByHand)).toHaveLength(300);
  }, 60_000);
});
