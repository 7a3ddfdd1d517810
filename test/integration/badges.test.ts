import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MeteredDatabase, meterDatabase } from '../../bench/cost/metered-database.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone, sentScan } from '../support/phone.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { rosterPhone } from '../support/roster-phone.ts';
import { ask, type TeamMember } from '../support/team.ts';
import { openWholeEvent, type WholeEvent } from '../support/whole-event.ts';

const EVENT = 'badges';
let parts: Parts;
let meter: MeteredDatabase;
let event: WholeEvent;
let everyone: readonly Registration[];

beforeAll(async () => {
  parts = await startParts();
  meter = await meterDatabase(parts.database.endpoint);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.endpoint;
  event = await openWholeEvent(parts, EVENT);
  await event.register('two@example.org', {
    fullName: 'Aa Sample',
    badgeName: 'Aa',
    nativeName: 'អេ គំរូ',
    category: 'ngo',
  });
  everyone = (await readRegistry(parts, EVENT)).registrations;
});
afterAll(async () => {
  await meter?.stop();
  await parts?.stop();
});

const list = async (query: Record<string, string> = {}, who: TeamMember = 'organiser') =>
  (await ask(who, 'listBadges', { params: { eventId: EVENT }, query })).body;
const adults = () =>
  everyone.filter(
    ({ status, mode, ageBand }) => status === 'confirmed' && mode === 'in-person' && ageBand === undefined,
  );
const notes = async (reference: string) =>
  (await scan(parts, 'audit')).filter((item) => item['action'] === 'read-minor' && item['about'] === reference).length;

describe('badges', () => {
  it('are those of everyone who comes to the room, by name, with the code that doors find them by', async () => {
    const { badges, total } = await list();
    expect(total).toBe(adults().length);
    expect(badges.map(({ code }: { code: string }) => code).sort()).toEqual(
      adults()
        .map(({ ticketId }) => ticketId)
        .sort(),
    );
    expect(badges[0]).toMatchObject({ name: 'Aa', nativeName: 'អេ គំរូ', category: 'ngo', noPhoto: true });
    expect(badges[0]).not.toHaveProperty('email');
  });

  it('are those of one group', async () => {
    const { badges } = await list({ category: 'ngo' });
    expect(new Set(badges.map(({ category }: { category: string }) => category))).toEqual(new Set(['ngo']));
    expect((await list({ category: 'nothing' })).badges).toEqual([]);
  });

  it('CS13, CS16: are in no batch those of people under 18, and one at a time for whoever was vetted, which is noted', async () => {
    const minor = everyone.find(({ ageBand, status }) => ageBand === 'minor' && status === 'confirmed');
    if (minor === undefined) throw new Error('no minor is confirmed');
    expect(JSON.stringify(await list())).not.toContain(minor.badgeName);
    const before = await notes(minor.reference);
    expect((await list({ reference: minor.reference })).badges).toEqual([]);
    const { badges } = await list({ reference: minor.reference }, 'vettedOrganiser');
    const isInRoom = minor.mode === 'in-person';
    expect(badges).toEqual(
      isInRoom ? [{ reference: minor.reference, code: minor.ticketId, name: minor.badgeName, noPhoto: true }] : [],
    );
    expect(isInRoom).toBe(true);
    expect(await notes(minor.reference)).toBe(before + 1);
  });

  it('CI13, CS14: where a minor came is told to a vetted member alone, one at a time, which is noted', async () => {
    const minor = everyone.find(({ ageBand, status }) => ageBand === 'minor' && status === 'confirmed');
    if (minor === undefined) throw new Error('no minor is confirmed');
    const { reference } = minor;
    const where = (who: TeamMember) => ask(who, 'showAttendance', { params: { eventId: EVENT, reference } });
    const before = await notes(reference);
    expect((await where('organiser')).status).toBe(404);
    expect(await notes(reference)).toBe(before);
    expect((await where('vettedOrganiser')).status).toBe(200);
    expect(await notes(reference)).toBe(before + 1);
  });

  it('that are lost admit nobody once another ticket is made: neither on the server nor in what phones know', async () => {
    const find = () =>
      readRegistry(parts, EVENT).then(({ registrations }) =>
        registrations.find(({ email }) => email === 'two@example.org'),
      );
    const registered = await find();
    if (registered === undefined) throw new Error('nobody is registered');
    const { reference } = registered;
    const codeOf = async (): Promise<string> => (await list({ reference })).badges[0].code;
    const phone = await openPhone(parts, EVENT);
    const roster = rosterPhone(EVENT, (since) => phone.roster(since));
    const asked = async (code: string) => {
      const scanned = sentScan({ ticket: ticketHashOf({ ticketId: code }) });
      const [{ result, doubt }] = (await phone.send([scanned])).answers;
      await roster.pull();
      return [result, doubt, (await roster.open(code))?.name];
    };
    const lost = await codeOf();
    // The doors of the forum are not open yet to holders of tickets.
    expect(await asked(lost)).toEqual(['kept', 'not-yet', 'Aa']);
    // As the member who replaces it sees it then: that the ticket was scanned has proven whose it is.
    const revision = (await find())?.revision;
    const replace = (who: TeamMember = 'organiser') =>
      ask(who, 'replaceTicket', { params: { eventId: EVENT, reference }, body: { revision } });
    expect([(await replace('care')).status, await codeOf()]).toEqual([403, lost]);
    expect((await replace()).status).toBe(200);
    const code = await codeOf();
    expect(code).not.toBe(lost);
    expect(await asked(lost)).toEqual(['kept', 'unknown-ticket', undefined]);
    expect(await asked(code)).toEqual(['kept', 'not-yet', 'Aa']);
    // To press twice replaces it once.
    expect([(await replace()).body.type, await codeOf()]).toEqual(['urn:plenary:problem:changed-meanwhile', code]);
  });

  it('of people who were chosen are of the adults among them who come to the room, each once', async () => {
    const params = { eventId: EVENT };
    const chosen = async (references: readonly string[], who: TeamMember = 'vettedOrganiser') =>
      ask(who, 'listChosenBadges', { params, body: { references } });
    const [one] = adults();
    if (one === undefined) throw new Error('nobody comes');
    const { status, body } = await chosen(everyone.map(({ reference }) => reference));
    const codes = (badges: { code: string }[]): string[] => badges.map(({ code }) => code).sort();
    expect([status, body.total]).toEqual([200, adults().length]);
    expect(everyone.length).toBeGreaterThan(adults().length);
    expect(codes(body.badges)).toEqual(codes((await list()).badges));
    const twice = [one.reference, one.reference.toLowerCase(), '0000000000', 'nonsense'];
    expect((await chosen(twice)).body).toMatchObject({ total: 1, badges: [{ reference: one.reference }] });
    expect((await chosen([])).status).toBe(422);
    expect((await chosen(Array.from({ length: 501 }, () => one.reference))).status).toBe(422);
    expect((await chosen([one.reference], 'care')).status).toBe(403);
    expect((await chosen([one.reference], 'thailand')).status).toBe(403);
  });

  it('of one person is one read, however many are registered', async () => {
    // The holder of the ticket that was made for them at first.
    const someone = adults().find(({ email }) => email !== 'two@example.org');
    const reference = someone?.reference ?? '';
    // The event is known to the instance by then.
    await list({ reference });
    meter.take();
    expect((await list({ reference })).badges).toMatchObject([{ reference, code: someone?.ticketId }]);
    const asked = meter.take().map(({ operation }) => operation);
    // Of who asks, of the event's version, and of whose badge it is.
    expect(asked.sort()).toEqual(['BatchGetItem', 'GetItem', 'GetItem']);
  });

  it('are none of nobody', async () => {
    for (const reference of ['', 'x', '0000000000']) expect((await list({ reference })).badges).toEqual([]);
    expect((await ask('care', 'listBadges', { params: { eventId: EVENT } })).status).toBe(403);
  });
});
