import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { realDeps as realOutbox } from '../../functions/outbox/index.ts';
import { METRICS } from '../../shared/kernel/metrics.ts';
import { LEASE, RECONCILIATION } from '../../shared/mail/outbox/deliver.case.ts';
import { FAULTS, type Fault } from '../support/fallible.ts';
import { faultyInstance } from '../support/faulty-instance.ts';
import { forum, submission } from '../support/forum.ts';
import { sent } from '../support/mail-events.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';

type Deps = ReturnType<typeof realOutbox>;

let parts: Parts;
let calm: Deps;
let registration: ReturnType<typeof import('../../functions/registration/index.ts').realDeps>;
let use: typeof import('../../shared/mail/outbox/deliver.case.ts') &
  typeof import('../../shared/mail/outbox/sweep.case.ts') &
  typeof import('../../shared/registration/apply/submit.case.ts');
let tell: typeof import('../../functions/mail-events/index.ts').handler;

beforeAll(async () => {
  parts = await startParts();
  await parts.publish(forum());
  calm = (await faultyInstance()).deps;
  registration = (await import('../../functions/registration/index.ts')).realDeps();
  use = {
    ...(await import('../../shared/mail/outbox/deliver.case.ts')),
    ...(await import('../../shared/mail/outbox/sweep.case.ts')),
    ...(await import('../../shared/registration/apply/submit.case.ts')),
  };
  ({ handler: tell } = await import('../../functions/mail-events/index.ts'));
  // The SDK waits before it repeats a call, up to half a second by chance: here some milliseconds.
  const { random } = Math;
  vi.spyOn(Math, 'random').mockImplementation(() => random() / 100);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await parts?.stop();
});

/** What SES tells of each mail that it took: at once, after the claim's lease has run out, or never. */
const EVENTS = ['event arrives', 'event late', 'event lost'] as const;
type Event = (typeof EVENTS)[number];
type Faults = Readonly<Record<number, Fault>>;

/** The ways a message goes, by what befalls the call to SES alone. */
const PATHS = { sent: undefined, 'put off': 'throttled', unanswered: 'lost reply' } as const;
type Path = keyof typeof PATHS;

/** What was put off gives its claim back. */
const AFTER_SES = { 'put off': ['UpdateItem', 'GetItem', 'TransactWriteItems'], unanswered: ['UpdateItem'] } as const;

/** SES took the mail, no answer was noted, and no event came: the one thing that nobody can tell from a mail that never left. */
const SENT_TWICE: Record<Path, readonly string[]> = {
  sent: [
    'SendRawEmail, crash after, event lost',
    'SendRawEmail, lost reply, event lost',
    'UpdateItem, crash before, event lost',
  ],
  'put off': [],
  unanswered: FAULTS.map((fault) => `UpdateItem, ${fault}, event lost`),
};

let people = 0;
/** @returns the id of the message with someone's ticket, and their address */
async function someoneToMail(): Promise<{ id: string; email: string }> {
  people += 1;
  const email = `person-${people}@example.org`;
  const submitted = submission({ email });
  await use.submit(registration, {
    eventId: 'asean-ict-forum',
    language: 'en',
    email,
    identity: JSON.stringify(submitted),
    submissionFor: () => submitted as never,
  });
  const message = (await scan(parts, 'outbox', { having: { to: email } }))[0];
  return { id: String(message?.['id']), email };
}

const mailsTo = async (email: string): Promise<{ id: string; receivedAt: string }[]> =>
  (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(email)}`)).json() as never;
const sweepAt = (milliseconds: number) =>
  use.sweep({ ...calm, system: { ...calm.system, now: () => new Date(Date.now() + milliseconds) } });

async function settle(id: string): Promise<string | undefined> {
  for (let tries = 1; ; tries += 1) {
    const state = (await calm.outbox.read(id))?.state;
    if (state === 'sent' || tries === 6) return state;
    await sweepAt(tries * (LEASE + RECONCILIATION + 1000));
  }
}

/** What an instance calls on which nothing fails but what is said, until its message waits or is settled. */
async function callsWith(faults: Faults): Promise<readonly string[]> {
  const { id } = await someoneToMail();
  const { deps, calls } = await faultyInstance(faults);
  await use.deliver(deps, id);
  const made = [...calls];
  await settle(id);
  return made;
}

async function sendWith(faults: Faults, event: Event) {
  const { id, email } = await someoneToMail();
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const { deps, isDead } = await faultyInstance(faults);
  const isToldToStream = await use.deliver(deps, id).then(
    () => false,
    () => true,
  );
  // Lambda hands a batch anew, to another instance where the first one fell.
  if (isToldToStream || isDead()) await use.deliver(calm, id);
  const tellAll = async () => {
    for (const mail of await mailsTo(email)) {
      await tell(sent({ outboxId: id, to: email, sentAt: mail.receivedAt, messageId: mail.id }));
    }
  };
  if (event === 'event arrives') await tellAll();
  await sweepAt(LEASE + 1000);
  if (event === 'event late') await tellAll();
  const state = await settle(id);
  const counted = log.mock.calls.filter(([line]) => String(line).includes(METRICS.mailUnknown)).length;
  log.mockRestore();
  return { mails: (await mailsTo(email)).length, state, counted };
}

describe('a message, whatever befalls each call to AWS that is made for it', () => {
  it.each(Object.keys(PATHS) as Path[])(
    'is sent once, or twice where nobody can know that it left: %s',
    { timeout: 600_000 },
    async (path) => {
      const plain = await callsWith({});
      const ses = plain.indexOf('SendRawEmail');
      const fault = PATHS[path];
      const onPath: Faults = fault === undefined ? {} : { [ses]: fault };
      const calls = await callsWith(onPath);
      // What comes before the call to SES is the same on each path.
      const first = path === 'sent' ? 0 : ses + 1;
      expect(calls.slice(first)).toEqual({ sent: plain, ...AFTER_SES }[path]);
      const twice: string[] = [];
      for (let at = first; at < calls.length; at += 1) {
        for (const fault of FAULTS) {
          for (const event of EVENTS) {
            const { mails, state, counted } = await sendWith({ ...onPath, [at]: fault }, event);
            const cell = `${calls[at]}, ${fault}, ${event}`;
            const outcome = { cell, state, isSent: mails > 0, sentAgainUncounted: Math.max(0, mails - 1 - counted) };
            expect(outcome).toEqual({ cell, state: 'sent', isSent: true, sentAgainUncounted: 0 });
            if (mails > 1) twice.push(cell);
          }
        }
      }
      expect(twice).toEqual(SENT_TWICE[path]);
    },
  );
});
