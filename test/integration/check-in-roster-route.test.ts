import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RosterSetup } from '../../shared/checkin/roster/roster.schema.ts';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { parseRevocations } from '../../shared/ticket/revocation-list.ts';
import { eventFingerprint, parseTicket, TICKET_TYPE } from '../../shared/ticket/ticket.ts';
import { trustedKeys } from '../../shared/ticket/ticket-key.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { rosterPhone } from '../support/roster-phone.ts';
import { openEvent } from '../support/self-service.ts';
import { DO_DUE_JOBS } from '../support/timers.ts';
import { makeIssuer } from '../unit/ticket-fixture.ts';

let parts: Parts;
let former: Awaited<ReturnType<typeof makeIssuer>>;
beforeAll(async () => {
  parts = await startParts();
  former = await makeIssuer();
  // Read when the function is first called.
  process.env[ENVIRONMENT.formerTicketKeys] = JSON.stringify([Buffer.from(former.raw).toString('base64url')]);
});
afterAll(() => parts?.stop());

const trusted = ({ keys }: RosterSetup) =>
  trustedKeys(keys.map(({ publicKey }) => new Uint8Array(Buffer.from(publicKey, 'base64url'))));

describe('getRoster', () => {
  it('TK5: brings the keys that tickets and revocations are verified with, and the event in each of its languages', async () => {
    const event = await openEvent(parts, 'route-keys', { quotas: [] });
    await event.register('someone@example.org');
    const phone = await openPhone(parts, 'route-keys', { lists: ['event', 'day-day-1'] });
    const { handler } = await import('../../functions/housekeeping/index.ts');
    await asFunction('housekeeping', () => handler(DO_DUE_JOBS));
    const { status, setup, revocations, device } = await phone.roster();
    expect([status, device.id, device.isVetted]).toEqual([200, phone.deviceId, false]);
    expect(Object.keys(setup.event.title)).toEqual(forum().languages);
    expect(setup.doors.map(({ id }: { id: string }) => id)).toEqual(['event', 'day-day-1']);
    const registration = await event.registrationOf('someone@example.org');
    const rules = (await event.deps.registrations.readWithEvent(event.id, registration.reference, 'en'))?.event;
    if (rules === undefined) throw new Error('no event');
    const { code } = await event.deps.signer.sign(rules, registration);
    const trust = { keys: await trusted(setup), event: await eventFingerprint(event.id) };
    const now = new Date('2027-11-02T03:00:00Z');
    expect(await parseTicket(code, { ...trust, type: TICKET_TYPE.admission, now })).toMatchObject({ kind: 'valid' });
    const fields = { event: trust.event, expiresAt: new Date('2028-02-01T10:00:00Z') };
    expect(await parseTicket(former.issue(fields), { ...trust, type: TICKET_TYPE.admission, now })).toMatchObject({
      kind: 'valid',
    });
    const withdrawn = await makeIssuer();
    expect(await parseTicket(withdrawn.issue(fields), { ...trust, type: TICKET_TYPE.admission, now })).toEqual({
      kind: 'unknown-key',
    });
    expect(await parseRevocations(Buffer.from(revocations, 'base64url'), trust)).toMatchObject({ count: 0 });
  });

  it('shows no closed session but to a phone at its door', async () => {
    const closed = forum().sessions.find(({ audience }) => audience !== undefined)?.id ?? '';
    expect(closed).not.toBe('');
    await openEvent(parts, 'route-closed', { quotas: [] });
    const { setup, text } = await (await openPhone(parts, 'route-closed')).roster();
    expect(setup.event.sessions.length).toBeGreaterThan(0);
    expect(text).not.toContain(closed);
  });

  it('tells again neither setup nor revocations that the phone has, and the lists once they change', async () => {
    const event = await openEvent(parts, 'route-lists', { quotas: [] });
    const phone = await openPhone(parts, 'route-lists', { lists: ['event', 'day-day-1'] });
    const { handler } = await import('../../functions/housekeeping/index.ts');
    await asFunction('housekeeping', () => handler(DO_DUE_JOBS));
    const first = await phone.roster();
    const second = await phone.roster(first.cursor);
    expect([first.isWhole, second.isWhole, second.setup, second.revocations]).toEqual([
      true,
      false,
      undefined,
      undefined,
    ]);
    const { putCheckInLists } = await import('../../shared/checkin/list/check-in-lists.store.ts');
    const { usualList } = await import('../../shared/checkin/list/list.ts');
    const { writeAll } = await import('../../shared/kernel/dynamo/transact.store.ts');
    const put = putCheckInLists(
      parts.database.tables.registry,
      event.id,
      [usualList('day-day-1', { kind: 'event' })],
      0,
    );
    const { documentClient } = await import('../../shared/kernel/dynamo/client.store.ts');
    await writeAll(documentClient(parts.database.client), [put], realSystem);
    const third = await phone.roster(second.cursor);
    expect([third.isWhole, third.setup.doors.length, third.setup.doors[0].id]).toEqual([false, 1, 'day-day-1']);
  });

  it('begins anew where the event is another', async () => {
    const event = await openEvent(parts, 'route-version', { quotas: [] });
    await event.register('someone@example.org');
    const phone = await openPhone(parts, 'route-version');
    const first = await phone.roster();
    await parts.publish(forum({ id: event.id, questions: [], quotas: [] }));
    const second = await phone.roster(first.cursor);
    expect(second).toMatchObject({ isWhole: true, setup: expect.anything() });
    expect(second.entries.length).toBeGreaterThan(100);
  });

  it('CS5, CI12: brings a cancelled ticket and what another phone scanned with the next request', async () => {
    const event = await openEvent(parts, 'route-next', { quotas: [] });
    await event.register('someone@example.org');
    const { ticketId } = await event.registrationOf('someone@example.org');
    const [one, two] = [await openPhone(parts, event.id), await openPhone(parts, event.id)];
    const roster = rosterPhone(event.id, async (since) => one.roster(since));
    await roster.pull();
    expect(await roster.open(ticketId)).toMatchObject({ isConfirmed: true });
    await event.press('someone@example.org', 'cancel');
    const scan = sentScan();
    await two.send([scan]);
    await roster.pull();
    expect(await roster.open(ticketId)).toMatchObject({ isConfirmed: false });
    expect([...roster.scans().values()].flat()).toContain(scan.scanId);
  });

  it('tells nothing to a phone whose shift is over, nor to nobody', async () => {
    await openEvent(parts, 'route-over', { quotas: [] });
    const over = await openPhone(parts, 'route-over', { endsAt: Date.now() });
    expect(await over.roster()).toMatchObject({ status: 403, type: 'urn:plenary:problem:device-over' });
  });
});
