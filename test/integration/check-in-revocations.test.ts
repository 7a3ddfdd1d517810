import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MANIFESTS } from '../../functions/manifests.ts';
import { fromCheckInItem } from '../../shared/checkin/scan/check-in.store.ts';
import { passageOf } from '../../shared/checkin/scan/passage.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import {
  freshness,
  isNewer,
  parseRevocations,
  type RevocationList,
  revocationPrefix,
} from '../../shared/ticket/revocation-list.ts';
import { readRevocations, revocationsKey } from '../../shared/ticket/revoked-ticket.store.ts';

import { type SigningDeps, signRevocations } from '../../shared/ticket/sign-revocations.case.ts';
import { eventFingerprint } from '../../shared/ticket/ticket.ts';
import { kmsTicketKey } from '../../shared/ticket/ticket-key.store.ts';
import { trustedKeys } from '../../shared/ticket/ticket-key.ts';
import { ticketHash, ticketHashOf, ticketIdBytes } from '../../shared/ticket/ticket-names.store.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { scan } from '../support/registry.ts';
import { rosterPhone } from '../support/roster-phone.ts';
import { openEvent, quota } from '../support/self-service.ts';
import { ask, grantTeam } from '../support/team.ts';
import { DO_DUE_JOBS } from '../support/timers.ts';

const MINUTE = 60_000;
const FAR_AWAY = 2 ** 32;

let parts: Parts;
let deps: SigningDeps;
/** Added to the time. */
let later = 0;

beforeAll(async () => {
  parts = await startParts();
  const { KMSClient } = await import('@aws-sdk/client-kms');
  const { readEnvironment } = await import('../../shared/kernel/env.ts');
  deps = {
    client: documentClient(parts.database.client),
    registry: parts.database.tables.registry,
    system: { ...realSystem, now: () => new Date(Date.now() + later) },
    key: kmsTicketKey({ kms: new KMSClient({}), ticketKey: readEnvironment(MANIFESTS.housekeeping).ticketKey }),
  };
});
afterAll(() => parts?.stop());

const sign = (eventId: string) => asFunction('housekeeping', () => signRevocations(deps, eventId, FAR_AWAY));

/** As a phone reads it. */
async function listOf(eventId: string): Promise<RevocationList> {
  const stored = await readRevocations(deps.client, deps.registry, eventId);
  const trust = { keys: await trustedKeys([await deps.key.publicKey()]), event: await eventFingerprint(eventId) };
  const list = await parseRevocations(Buffer.from(stored?.list ?? '', 'base64url'), trust);
  if (typeof list === 'string') throw new Error(list);
  return list;
}
const isRevoked = async (list: RevocationList, { ticketId }: Pick<Registration, 'ticketId'>) =>
  list.isRevoked(await revocationPrefix(ticketIdBytes(ticketId)));

async function signedAnew(eventId: string): Promise<RevocationList> {
  expect(await sign(eventId)).toBe(true);
  return listOf(eventId);
}

async function openWith(id: string, ...emails: string[]) {
  const event = await openEvent(parts, id, { quotas: [quota('all', { capacity: 50 })] });
  await grantTeam(parts, id);
  for (const email of emails) await event.register(email);
  return event;
}
type Event = Awaited<ReturnType<typeof openWith>>;

const substitute = async (event: Event, email: string) => {
  const { reference, revision } = await event.registrationOf(email);
  const body = { fullName: 'Dara Sample', position: 'Adviser', email: `next-${email}`, revision };
  return ask('organiser', 'substituteRegistration', { params: { eventId: event.id, reference }, body });
};
const correctAddress = async (event: Event, email: string) => {
  const { reference, revision } = await event.registrationOf(email);
  const body = { email: `right-${email}`, revision };
  return ask('organiser', 'correctAddress', { params: { eventId: event.id, reference }, body });
};

const replaceTicket = async (event: Event, email: string) => {
  const { reference, revision } = await event.registrationOf(email);
  return ask('organiser', 'replaceTicket', { params: { eventId: event.id, reference }, body: { revision } });
};

/** Everyone's tickets, and what then happens to the first one's. */
const ENDS: readonly (readonly [string, (event: Event, email: string) => Promise<unknown>])[] = [
  ['is cancelled', (event, email) => event.press(email, 'cancel')],
  ['is erased', (event, email) => event.press(email, 'erase', [['confirm', 'yes']])],
  ['is someone else’s place', substitute],
  ['went to a wrong address', correctAddress],
  ['has another ticket, for one was lost', replaceTicket],
  [
    'is cancelled, and taken up again with another ticket',
    async (event, email) => {
      await event.press(email, 'cancel');
      await event.press(email, 'undo');
    },
  ],
];

describe('CS5, TK8: tickets that admit nobody any more', () => {
  it.each(ENDS)('are on the signed list once a registration %s', async (name, end) => {
    const id = `ends-${ENDS.findIndex(([each]) => each === name)}`;
    const event = await openWith(id, 'first@example.org', 'second@example.org');
    const [first, second] = [
      await event.registrationOf('first@example.org'),
      await event.registrationOf('second@example.org'),
    ];
    const before = await signedAnew(id);
    expect([before.count, await isRevoked(before, first)]).toEqual([0, false]);
    await end(event, 'first@example.org');
    const after = await signedAnew(id);
    expect([after.count, await isRevoked(after, first), await isRevoked(after, second)]).toEqual([1, true, false]);
    expect(after.version).toBeGreaterThan(before.version);
    expect(isNewer(after, before)).toBe(true);
    const left = (await scan(parts, 'registry')).filter(({ eventId }) => eventId === id);
    const current = left.filter(({ status }) => status === 'confirmed') as unknown as Registration[];
    for (const each of current) expect(await isRevoked(after, each)).toBe(false);
  });

  it('are none of those that were never good', async () => {
    const event = await openEvent(parts, 'never', { quotas: [quota('all')] });
    await event.register('seated@example.org');
    await event.register('waits@example.org');
    expect(await event.registrationOf('waits@example.org')).toMatchObject({ status: 'waitlisted' });
    await event.press('waits@example.org', 'cancel');
    expect((await signedAnew('never')).count).toBe(0);
  });

  it('are good again where the registration is, under a higher version', async () => {
    const event = await openWith('suspended', 'someone@example.org');
    const registration = await event.registrationOf('someone@example.org');
    const { changeStore } = await import('../../shared/registration/change.store.ts');
    const { changed } = await import('../../shared/registration/registration-state.store.ts');
    const { registry, outbox } = parts.database.tables;
    const changes = changeStore({ client: deps.client, registry, outbox, system: realSystem });
    const { event: rules } =
      (await event.deps.registrations.readWithEvent(event.id, registration.reference, 'en')) ?? {};
    if (rules === undefined) throw new Error('no event');
    const suspended = changed(registration, { status: 'pending-approval' }, new Date());
    await changes.change({ event: rules, before: registration, after: suspended, by: 'system', messages: [] });
    const revoked = await signedAnew('suspended');
    expect(await isRevoked(revoked, registration)).toBe(true);
    const again = changed(suspended, { status: 'confirmed' }, new Date());
    await changes.change({ event: rules, before: suspended, after: again, by: 'system', messages: [] });
    const good = await signedAnew('suspended');
    expect([await isRevoked(good, registration), good.version > revoked.version]).toEqual([false, true]);
  });
});

describe('the list', () => {
  it('is signed anew before a phone would call it old, and its version stays while it says the same', async () => {
    await openWith('anew', 'someone@example.org');
    const first = await signedAnew('anew');
    expect(await sign('anew')).toBe(false);
    later = 4 * MINUTE;
    const second = await signedAnew('anew');
    expect([second.version, freshness(first, new Date(Date.now() + 16 * MINUTE))]).toEqual([first.version, 'stale']);
    expect(second.issuedAt.getTime()).toBeGreaterThan(first.issuedAt.getTime());
    expect(freshness(second, new Date(Date.now() + 16 * MINUTE))).toBe('fresh');
    later = 0;
  });

  it('has no lower version after all that was known of it is lost', async () => {
    const event = await openWith('lost', 'someone@example.org');
    await signedAnew('lost');
    await event.press('someone@example.org', 'cancel');
    const before = await signedAnew('lost');
    later = 2000;
    await deps.client.send(new DeleteCommand({ TableName: deps.registry, Key: revocationsKey('lost') }));
    expect(isNewer(await signedAnew('lost'), before)).toBe(true);
    later = 0;
  });

  it('is written once by two at the same moment', async () => {
    const event = await openWith('two', 'someone@example.org');
    await event.press('someone@example.org', 'cancel');
    const written = await Promise.all([sign('two'), sign('two'), sign('two')]);
    expect(written.filter(Boolean)).toHaveLength(1);
    expect((await listOf('two')).count).toBe(1);
  });

  it('is made each minute for events with a phone at the door, and for no others', async () => {
    const { handler } = await import('../../functions/housekeeping/index.ts');
    await openWith('with-phone', 'someone@example.org');
    await openWith('without-phone', 'someone@example.org');
    await openPhone(parts, 'with-phone', { lists: ['event'] });
    await openPhone(parts, 'without-phone', { endsAt: Date.now() - MINUTE });
    await asFunction('housekeeping', () => handler(DO_DUE_JOBS));
    expect(await readRevocations(deps.client, deps.registry, 'with-phone')).toBeDefined();
    expect(await readRevocations(deps.client, deps.registry, 'without-phone')).toBeUndefined();
  });
});

describe('CS20: erasing someone who came in', () => {
  it('leaves their check-in nobody’s, and counts it once also where the scan comes again', async () => {
    const event = await openWith('came-in', 'someone@example.org');
    const registration = await event.registrationOf('someone@example.org');
    const phone = await openPhone(parts, 'came-in');
    const scanned = sentScan({
      ticket: ticketHash(ticketIdBytes(registration.ticketId)).toString('base64url'),
      reference: registration.reference,
    });
    await phone.send([scanned]);
    const mentions = async () =>
      (await scan(parts, 'registry')).filter((item) => JSON.stringify(item).includes(registration.reference)).length;
    expect(await mentions()).toBeGreaterThan(1);
    await event.press('someone@example.org', 'erase', [['confirm', 'yes']]);
    const due = (await scan(parts, 'outbox')).filter(
      ({ job, eventId }) => job === 'unname-check-ins' && eventId === 'came-in',
    );
    expect(due).toHaveLength(1);
    const { anonymiseCheckIns } = await import('../../shared/checkin/review/carry-check-ins.case.ts');
    for (let twice = 0; twice < 2; twice += 1) {
      await asFunction('housekeeping', () => anonymiseCheckIns(deps, 'came-in', String(due[0]?.['reference'])));
    }
    expect(await mentions()).toBe(0);
    expect((await phone.send([scanned])).answers).toEqual([{ result: 'known' }]);
    const came = (await scan(parts, 'registry')).filter(({ pk }) => String(pk).startsWith('CHECK-IN-COUNT#came-in'));
    expect(came.map((item) => item['came'])).toEqual([1]);
  });

  it('leaves nothing of what desks said of them who had no ticket, also where a phone tells of it only later', async () => {
    const id = 'said-of';
    const event = await openWith(id, 'someone@example.org');
    const registration = await event.registrationOf('someone@example.org');
    const { reference } = registration;
    const desk = await openPhone(parts, id, { maySearch: true });
    const said = (more: object = {}) =>
      sentScan({
        ticket: ticketHashOf(registration),
        reference,
        reason: 'Canarysaid, sister of the minister',
        ...more,
      });
    const [before, late] = [said(), said()];
    expect((await desk.send([before])).answers).toMatchObject([{ result: 'kept' }]);
    const mentions = async () =>
      (await scan(parts, 'registry')).filter((item) => /Canarysaid/.test(JSON.stringify(item))).length;
    expect(await mentions()).toBe(1);
    await event.press('someone@example.org', 'erase', [['confirm', 'yes']]);
    const [due] = (await scan(parts, 'outbox')).filter(
      (each) => each['job'] === 'unname-check-ins' && each['eventId'] === id,
    );
    const { anonymiseCheckIns } = await import('../../shared/checkin/review/carry-check-ins.case.ts');
    for (let twice = 0; twice < 2; twice += 1)
      await asFunction('housekeeping', () => anonymiseCheckIns(deps, id, String(due?.['reference'])));
    expect(await mentions()).toBe(0);
    // A phone that was without a network for a day, and one whose answer was lost.
    expect((await desk.send([before, late])).answers).toMatchObject([{ result: 'known' }, { result: 'kept' }]);
    expect((await desk.send([late])).answers).toMatchObject([{ result: 'known' }]);
    expect(await mentions()).toBe(0);
    // Of a ticket that nobody ever had, a person decides by what was said.
    const stranger = said({ ticket: 'u'.repeat(22), reference: undefined });
    expect((await desk.send([stranger])).answers).toMatchObject([{ result: 'kept' }]);
    expect(await mentions()).toBe(1);
  });
});

describe('another ticket for someone who came in', () => {
  async function cameIn(id: string) {
    const event = await openWith(id, 'someone@example.org');
    const before = await event.registrationOf('someone@example.org');
    const phone = await openPhone(parts, id);
    const hash = ({ ticketId }: Registration) => ticketHash(ticketIdBytes(ticketId)).toString('base64url');
    const scanned = sentScan({ ticket: hash(before), reference: before.reference });
    await phone.send([scanned]);
    const roster = rosterPhone(id, async (since) => phone.roster(since));
    await roster.pull();
    return { event, before, phone, hash, scanned, roster };
  }
  const doJobs = async (id: string) => {
    const { realDeps } = await import('../../functions/housekeeping/index.ts');
    const { transferAttendance } = await import('../../shared/checkin/review/carry-check-ins.case.ts');
    const { anonymiseCheckIns } = await import('../../shared/checkin/review/carry-check-ins.case.ts');
    const jobs = (await scan(parts, 'outbox')).filter(
      ({ eventId, job }) => eventId === id && String(job).endsWith('check-ins'),
    );
    for (const job of [...jobs, ...jobs]) {
      const about = { ...job, reference: String(job['reference']) } as never;
      await asFunction('housekeeping', async () =>
        job['job'] === 'carry-check-ins'
          ? transferAttendance(realDeps(), about)
          : anonymiseCheckIns(deps, id, String(job['reference'])),
      );
    }
    return jobs.map(({ job }) => job);
  };
  const checkIns = async (id: string) => {
    const items = (await scan(parts, 'registry')).filter(({ pk }) => String(pk).startsWith(`CHECK-IN#${id}#`));
    return items.map(fromCheckInItem);
  };
  const came = async (id: string) =>
    (await scan(parts, 'registry'))
      .filter(({ pk }) => String(pk).startsWith(`CHECK-IN-COUNT#${id}#`))
      .reduce((sum, item) => sum + Number(item['came']), 0);

  it('CI3: has what they attended follow them, counted once, and phones hear of it', async () => {
    const { event, before, hash, scanned, roster, phone } = await cameIn('carried');
    await correctAddress(event, 'someone@example.org');
    const after = await event.registrationOf('right-someone@example.org');
    expect(hash(after)).not.toBe(hash(before));
    expect(await doJobs('carried')).toEqual(['carry-check-ins']);
    const standing = Object.fromEntries(
      (await checkIns('carried')).map((each) => [each.ticket, passageOf(each.marks, 'once').isInside]),
    );
    expect(standing).toEqual({ [hash(before)]: false, [hash(after)]: true });
    expect(await came('carried')).toBe(1);
    await roster.pull();
    expect(roster.scans().get(`event ${hash(after)}`)).toHaveLength(1);
    expect((await phone.send([scanned])).answers).toEqual([{ result: 'known' }]);
    expect(await came('carried')).toBe(1);
  });

  it('CI3: is counted once also where a phone tells only afterwards that their former ticket was scanned, or taken back', async () => {
    const event = await openWith('told-late', 'someone@example.org');
    const before = await event.registrationOf('someone@example.org');
    const hash = ({ ticketId }: Registration) => ticketHash(ticketIdBytes(ticketId)).toString('base64url');
    const [late, other] = [await openPhone(parts, 'told-late'), await openPhone(parts, 'told-late')];
    const early = sentScan({ ticket: hash(before), reference: before.reference });
    await correctAddress(event, 'someone@example.org');
    const between = await event.registrationOf('right-someone@example.org');
    await correctAddress(event, 'right-someone@example.org');
    const after = await event.registrationOf('right-right-someone@example.org');
    await doJobs('told-late');
    await other.send([sentScan({ ticket: hash(after), reference: after.reference })]);
    const results = async (...scans: object[]) =>
      (await late.send(scans)).answers.map(({ result }: { readonly result: string }) => result);
    expect(await results(early, early)).toEqual(['kept', 'known']);
    expect(await results(early)).toEqual(['known']);
    expect(await came('told-late')).toBe(1);
    const standing = async () =>
      new Map((await checkIns('told-late')).map((each) => [each.ticket, passageOf(each.marks, 'once')]));
    expect((await standing()).get(hash(before))?.isInside).toBe(false);
    expect((await standing()).get(hash(after))?.conflicts).toHaveLength(1);
    expect((await checkIns('told-late')).find(({ ticket }) => ticket === hash(before))?.reference).toBeUndefined();
    const undo = { ...sentScan({ ticket: hash(before) }), kind: 'undo' as const, undoes: early.scanId };
    expect(await results({ ...undo, correctedAt: early.correctedAt + 1 })).toEqual(['kept']);
    expect((await standing()).get(hash(after))).toMatchObject({ isInside: true, conflicts: [] });
    // The finder of the former badge is another person.
    const found = sentScan({ ticket: hash(between), reference: after.reference });
    expect((await late.send([found])).answers).toEqual([{ result: 'kept', doubt: 'unknown-ticket' }]);
    expect(await came('told-late')).toBe(2);
  });

  it('follows nobody who comes in their place', async () => {
    const { event, before, hash } = await cameIn('not-carried');
    await substitute(event, 'someone@example.org');
    expect(await doJobs('not-carried')).toEqual(['unname-check-ins']);
    const left = (await checkIns('not-carried')).map(({ ticket, reference }) => [ticket, reference]);
    expect(left).toEqual([[hash(before), undefined]]);
    expect(await came('not-carried')).toBe(1);
  });
});
