import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonMessage } from '../../local/mailbox/inbox.ts';
import { formatInstant } from '../../shared/kernel/i18n/formats.ts';
import { mailWords } from '../../shared/kernel/i18n/mail.store.ts';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import { pressAsk } from '../support/begin-young.ts';
import { call, postForm, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { consentFields, onPaper, youngSubmission } from '../support/young.ts';

let parts: Parts;
let event: Awaited<ReturnType<typeof openEvent>>;
let outbox: ReturnType<typeof import('../../functions/outbox/index.ts').realDeps>;
let house: ReturnType<typeof import('../../functions/housekeeping/index.ts').realDeps>;
let sweep: typeof import('../../shared/mail/outbox/sweep.case.ts').sweep;
let deliver: typeof import('../../shared/mail/outbox/deliver.case.ts').deliver;
let purge: typeof import('../../shared/minors/keep-care.case.ts').purgeUnanswered;

const DAY = 24 * 60 * 60 * 1000;
const eventId = 'guardian-clock';
/** Milliseconds from when a test began. */
let passed = 0;

beforeAll(async () => {
  parts = await startParts();
  event = await openEvent(parts, eventId);
  const timed = <T extends { system: typeof event.deps.system }>(deps: T): T => ({
    ...deps,
    system: { ...deps.system, now: () => new Date(deps.system.now().getTime() + passed) },
  });
  outbox = timed((await import('../../functions/outbox/index.ts')).realDeps());
  house = timed((await import('../../functions/housekeeping/index.ts')).realDeps());
  ({ sweep } = await import('../../shared/mail/outbox/sweep.case.ts'));
  ({ deliver } = await import('../../shared/mail/outbox/deliver.case.ts'));
  ({ purgeUnanswered: purge } = await import('../../shared/minors/keep-care.case.ts'));
});
afterAll(() => parts?.stop());

interface Pair {
  readonly young: string;
  readonly guardian: string;
}

/** Someone under 18, or another for them, has sent the form, and the first mail has left. */
async function begun(name: string): Promise<Pair> {
  passed = 0;
  const pair = { young: `${name}@young.example.org`, guardian: `${name}@guardian.example.org` };
  const guardian = { name: 'Vanna Sample', email: pair.guardian, language: 'en' };
  await call('submitRegistration', {
    params: { eventId },
    ...postJson(youngSubmission({ email: pair.young, guardian })),
  });
  await deliverAll();
  return pair;
}

async function deliverAll(): Promise<void> {
  for (const { id } of (await scan(parts, 'outbox')).filter((item) => item['kind'] !== undefined)) {
    await deliver(outbox, String(id));
  }
}

/** A guardian is asked, and that mail has left. */
async function asked(name: string): Promise<Pair> {
  const pair = await begun(name);
  await pressAsk(parts, eventId, pair.young);
  await deliverAll();
  return pair;
}

/** Both timers, as they are at that time. */
async function at(days: number): Promise<void> {
  passed = days * DAY;
  await sweep(outbox);
  await purge(house);
}

const KINDS = ['guardian-request', 'guardian-reminder', 'guardian-receipt', 'guardian-expired'] as const;
const kindOf = ({ subject }: JsonMessage) =>
  KINDS.find((kind) => subject === mailWords('en')(`${kind}.subject`, { event: forum().shortTitle?.['en'] ?? '' }));

/** What arrived of these kinds, oldest first. */
const mailTo = async (address: string): Promise<unknown[]> => (await inbox(address)).map(kindOf).reverse();

const inbox = async (address: string): Promise<JsonMessage[]> =>
  (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`)).json();

const agree = async ({ young }: Pair) => {
  const token = await consentToken(await event.registrationOf(young), event.deps.secrets);
  expect((await call('postConsent', { params: { token }, ...postForm(consentFields()) })).statusCode).toBe(303);
};

const [REQUEST, REMINDER, RECEIPT, EXPIRED] = KINDS;

it('CS4: nobody under 18 is registered once the event began, to be deleted at once: they are told so, on the form too', async () => {
  const { registration, days } = forum();
  const dateIn = (time: number) => new Date(Date.now() + time).toISOString().slice(0, 10);
  const [opensAt, closesAt] = [-DAY, DAY / 24].map((time) => new Date(Date.now() + time).toISOString()) as [
    string,
    string,
  ];
  const begun = await openEvent(parts, 'guardian-begun', {
    days: days.map((day, index) => ({ ...day, date: dateIn((index * 4 - 2) * DAY) })),
    registration: { ...registration, opensAt, closesAt },
  });
  const params = { eventId: begun.id };
  expect((await call('showForm', { params })).statusCode).toBe(200);
  const guardian = { name: 'Vanna Sample', email: 'late@guardian.example.org', language: 'en' };
  const sent = postJson(youngSubmission({ email: 'late@young.example.org', guardian }));
  for (const reply of [
    await call('submitRegistration', { params, ...sent }),
    await call('showYoungForm', { params }),
  ]) {
    expect([reply.statusCode, reply.body]).toEqual([409, expect.stringContaining('egistration is closed')]);
  }
});

describe('on a simulated clock', () => {
  it('CS4, AU9: without a press in the first mail nobody else is written to, and after 7 days everything is deleted, silently', async () => {
    const pair = await begun('stranger');
    for (const day of [0, 3.1, 6.9]) await at(day);
    expect(await event.registrationOf(pair.young)).toMatchObject({ status: 'pending-guardian' });
    await at(7.1);
    for (const table of ['registry', 'care', 'outbox'] as const) {
      expect(JSON.stringify(await scan(parts, table))).not.toMatch(/stranger@|Vanna/);
    }
    for (const day of [10.1, 14.1, 60]) await at(day);
    expect(await mailTo(pair.guardian)).toEqual([]);
    expect(await mailTo(pair.young)).toHaveLength(1);
  });

  it('CS4, AU9: a form on paper that never comes: nothing more is mailed to an address that nobody proved', async () => {
    passed = 0;
    const sent = onPaper('papery');
    await call('submitRegistration', { params: { eventId }, ...postJson(sent) });
    await deliverAll();
    await at(29.9);
    expect(await event.registrationOf(sent.email)).toMatchObject({ status: 'pending-guardian' });
    await at(30.1);
    await deliverAll();
    await expect(event.registrationOf(sent.email)).rejects.toThrow();
    expect(await inbox(sent.email)).toHaveLength(1);
  });

  it('CS3, CS4: a guardian who never answers is reminded on days 3 and 10, and on day 14 everything is deleted', async () => {
    const pair = await asked('silent');
    const seen: Record<number, unknown[]> = {};
    for (const day of [0, 2.9, 3.1, 9.9, 10.1, 13.9]) {
      await at(day);
      seen[day] = await mailTo(pair.guardian);
    }
    expect(seen).toEqual({
      0: [REQUEST],
      2.9: [REQUEST],
      3.1: [REQUEST, REMINDER],
      9.9: [REQUEST, REMINDER],
      10.1: [REQUEST, REMINDER, REMINDER],
      13.9: [REQUEST, REMINDER, REMINDER],
    });
    const { status, minor } = await event.registrationOf(pair.young);
    expect(status).toBe('pending-guardian');
    // Reminders, too, name the day on which it ends.
    const until = formatInstant(minor?.answerBy ?? '', 'en', forum().timeZone);
    for (const { text } of await inbox(pair.guardian)) expect(text).toContain(`If you do not answer by ${until} (`);
    const registration = await event.registrationOf(pair.young);
    const tokens = [
      ['showConsent', await consentToken(registration, event.deps.secrets)],
      ['showRegistration', await manageToken(registration, event.deps.secrets)],
    ] as const;
    for (const [page, token] of tokens) expect((await call(page, { params: { token } })).body).toContain(`by ${until}`);
    await at(14.1);
    for (const table of ['registry', 'care'] as const) {
      expect(JSON.stringify(await scan(parts, table))).not.toMatch(/silent@|Vanna/);
    }
    const left = (await scan(parts, 'outbox')).filter((item) => item['to'] !== undefined);
    expect(left.map(({ kind, to }) => `${kind} ${to}`)).toEqual([`guardian-expired ${pair.young}`]);
    await deliver(outbox, String(left[0]?.['id']));
    expect((await mailTo(pair.young)).at(-1)).toBe(EXPIRED);
    expect((await scan(parts, 'outbox')).filter((item) => item['to'] !== undefined)).toEqual([]);
    await at(60);
    expect(await mailTo(pair.guardian)).toHaveLength(3);
  });

  it('CS3: one who agrees after the first reminder gets no second, and gets the receipt an hour later', async () => {
    const pair = await asked('answers');
    await at(3.1);
    await agree(pair);
    // The press was now, by the clock of the instance that answers it.
    await at(0.9 / 24);
    expect(await mailTo(pair.guardian)).toEqual([REQUEST, REMINDER]);
    await at(1.1 / 24);
    expect(await mailTo(pair.guardian)).toEqual([REQUEST, REMINDER, RECEIPT]);
    await at(10.1);
    expect(await mailTo(pair.guardian)).toHaveLength(3);
  });

  it('CS4: a young person who then does not answer is purged too, from the day on which it was their turn', async () => {
    const pair = await asked('turn');
    await agree(pair);
    await at(13.9);
    expect(await event.registrationOf(pair.young)).toMatchObject({ status: 'pending-guardian' });
    await at(14.1);
    await expect(event.registrationOf(pair.young)).rejects.toThrow();
    expect(JSON.stringify(await scan(parts, 'care'))).not.toContain(pair.guardian);
  });
});
