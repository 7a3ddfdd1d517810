import { connect } from 'node:tls';
import { GetParametersCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { type Solution, solveChallenge } from '../../web/site/script/solve-challenge.ts';
import { CANARY_ADDRESS, CANARY_EVENT, CANARY_LISTS, CANARY_PARAMETERS, type CanaryKeys } from '../kernel/canary.ts';
import { logger } from '../kernel/log.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { ProofChallenge } from '../kernel/proof.schema.ts';
import { canaryState } from '../registration/canary.schema.ts';
import { eventFingerprint, parseTicket, TICKET_TYPE } from '../ticket/ticket.ts';
import { trustedKeys } from '../ticket/ticket-key.ts';
import { ticketHash } from '../ticket/ticket-names.store.ts';
import { ticketKeys } from './roster/roster.schema.ts';
import { type SentScan, scanAnswers } from './scan/scans.schema.ts';

/** What is tried: the first that fails of what hangs together is named in the log. */
type Step = 'keys' | 'certificate' | 'leftovers' | 'register' | 'delivery' | 'erase' | 'ticket' | 'check-in';

/** Something was answered, but not what people need. */
class UnfitError extends Error {
  override name = 'UnfitError';

  /** A code: what was answered instead. */
  readonly saw: string | number;

  constructor(saw: string | number) {
    super(String(saw));
    this.saw = saw;
  }
}

type Deps = Needs<'readCanaryKeys' | 'siteUrl' | 'system'>;

/** Milliseconds: an answer is waited for as long, and a mail. The function has a minute, and erases what it registered in any case. */
const ANSWERED_WITHIN = 5_000;
const DELIVERED_WITHIN = 30_000;
const LOOK = 2_000;

/** ACM renews 60 days before the end, and tries until it can: https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html */
const LEAST_DAYS = 14;

/**
 * Registers at SES's mailbox simulator as a browser does, waits until SES says that the mail arrived, and erases that; scans a ticket as a phone
 * does; looks how long the certificate is good. It logs each step that did not go well.
 *
 * @param patience milliseconds for which a mail is waited for
 * @throws UnfitError after all of it where a step did not: its alarm counts calls that failed
 */
export async function flyCanary(deps: Deps, patience = DELIVERED_WITHIN): Promise<void> {
  const failed: Step[] = [];
  const step = async <T>(name: Step, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      failed.push(name);
      logger.error('the canary could not', {
        step: name,
        error,
        ...(error instanceof UnfitError && { saw: error.saw }),
      });
      return undefined;
    }
  };
  const keys = await step('keys', deps.readCanaryKeys);
  const [certificateDays, deliveredMs] = await Promise.all([
    step('certificate', () => certificateOf(deps)),
    keys && tryRegistering(deps, keys, step, patience),
    keys && tryCheckIn(deps, keys, step),
  ]);
  logger.info('canary', { certificateDays, deliveredMs, failed: failed.length });
  if (failed.length > 0) throw new UnfitError(failed.join(', '));
}

type Try = <T>(name: Step, work: () => Promise<T>) => Promise<T | undefined>;

/** What an earlier one left is erased first: where that cannot be, nothing is registered. @returns milliseconds until the mail arrived */
async function tryRegistering(deps: Deps, keys: CanaryKeys, step: Try, patience: number): Promise<number | undefined> {
  const erased = await step('leftovers', () => erase(deps, keys));
  if (erased === undefined) return undefined;
  try {
    const registered = await step('register', () => register(deps));
    return registered && (await step('delivery', () => untilDelivered(deps, keys, patience)));
  } finally {
    await step('erase', async () => {
      // Once more where the answer was lost: what is left waits for three hours.
      await erase(deps, keys).catch(() => erase(deps, keys));
    });
  }
}

/** As the form is filled in and sent; where it comes back with work to do, with that done. */
async function register(deps: Deps): Promise<true> {
  const path = `/e/${CANARY_EVENT}/register?lang=en`;
  await answered(await ask(deps, path), 200);
  const first = await send(deps, path);
  if (first.status === 303) return true;
  const [, written] = /data-challenge="([^"]+)"/.exec(await first.text()) ?? [];
  if (written === undefined) throw new UnfitError(first.status);
  const challenge: ProofChallenge = JSON.parse(written.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
  const solution: Solution = await solveChallenge(challenge.parameters);
  await answered(await send(deps, path, { proof: btoa(JSON.stringify({ challenge, solution })) }), 303);
  return true;
}

const FIELDS = {
  ...{ ageBand: 'adult', email: CANARY_ADDRESS, fullName: 'Canary', position: 'Canary', organisation: 'Plenary' },
  ...{ country: 'SG', category: 'canary', mode: 'in-person', language: 'en', days: 'first' },
};

const send = (deps: Deps, path: string, more: Readonly<Record<string, string>> = {}): Promise<Response> =>
  ask(deps, path, { method: 'POST', body: new URLSearchParams({ ...FIELDS, ...more }), redirect: 'manual' });

async function untilDelivered(deps: Deps, keys: CanaryKeys, patience: number): Promise<number> {
  const began = deps.system.now().getTime();
  for (;;) {
    const answer = await answered(await ask(deps, OWN, bearer(keys.secret)), 200);
    const { status, mail } = canaryState.parse(await answer.json());
    if (status !== 'confirmed') throw new UnfitError(status ?? 'not-registered');
    const waited = deps.system.now().getTime() - began;
    if (mail === 'delivered') return waited;
    if (mail !== undefined || waited >= patience) throw new UnfitError(mail ?? 'no-delivery');
    await deps.system.wait(LOOK);
  }
}

const OWN = `/api/events/${CANARY_EVENT}/registrations`;

async function erase(deps: Deps, { secret }: CanaryKeys): Promise<true> {
  await answered(await ask(deps, OWN, { method: 'DELETE', ...bearer(secret) }), 200);
  return true;
}

/** The ticket is looked at as phones do; who came in is taken out again, so that they can come again. */
async function tryCheckIn(deps: Deps, keys: CanaryKeys, step: Try): Promise<void> {
  const ticket = await step('ticket', () => ticketOf(deps, keys));
  if (ticket !== undefined) await step('check-in', () => checkIn(deps, keys, ticket));
}

/** @returns what scans call it */
async function ticketOf(deps: Deps, { ticket: code }: CanaryKeys): Promise<string> {
  const answer = await answered(await ask(deps, '/api/ticket-keys'), 200);
  const { keys } = ticketKeys.parse(await answer.json());
  const verdict = await parseTicket(code, {
    keys: await trustedKeys(keys.map(({ x }) => Buffer.from(x, 'base64url'))),
    event: await eventFingerprint(CANARY_EVENT),
    ...{ type: TICKET_TYPE.admission, now: deps.system.now() },
  });
  if (verdict.kind !== 'valid') throw new UnfitError(verdict.kind);
  return ticketHash(verdict.ticketId).toString('base64url');
}

async function checkIn(deps: Deps, { device }: CanaryKeys, ticket: string): Promise<void> {
  const [came, undone] = [newScanId(deps), newScanId(deps)];
  const at = deps.system.now();
  const told = { list: CANARY_LISTS[at.getUTCDay()] ?? '', ticket };
  const timed = (ms: number) => ({ scannedAt: ms, correctedAt: ms });
  const scans: readonly SentScan[] = [
    { scanId: came, ...told, kind: 'in', ...timed(at.getTime() - 1) },
    { scanId: undone, ...told, kind: 'undo', undoes: came, ...timed(at.getTime()) },
  ];
  const headers = { ...bearer(device).headers, 'content-type': 'application/json' };
  const sent = { method: 'POST', headers, body: JSON.stringify({ scans }) };
  const answer = await answered(await ask(deps, '/api/checkin/scans', sent), 200);
  const { answers, isRevoked } = scanAnswers.parse(await answer.json());
  if (isRevoked) throw new UnfitError('device-revoked');
  for (const each of answers) {
    if (each.result !== 'kept') throw new UnfitError('why' in each ? each.why : each.result);
    if (each.doubt !== undefined || each.earlier !== undefined) throw new UnfitError(each.doubt ?? 'earlier');
  }
}

const newScanId = ({ system }: Deps): string => Buffer.from(system.random(16)).toString('base64url');

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

const ask = ({ siteUrl }: Deps, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(siteUrl + path, { ...init, signal: AbortSignal.timeout(ANSWERED_WITHIN) });

async function answered(answer: Response, status: number): Promise<Response> {
  if (answer.status === status) return answer;
  await answer.body?.cancel();
  throw new UnfitError(answer.status);
}

/** @returns whole days for which the certificate is still good; nothing where there is none, as on one machine */
async function certificateOf({ siteUrl, system }: Deps): Promise<number | undefined> {
  const { protocol, hostname, port } = new URL(siteUrl);
  if (protocol !== 'https:') return undefined;
  const days = await daysLeft(hostname, Number(port || 443), system.now());
  if (days < LEAST_DAYS) throw new UnfitError(days);
  return days;
}

const DAY = 24 * 60 * 60 * 1000;

/** @throws what TLS says of a certificate that is none for the host, or is over */
function daysLeft(host: string, port: number, now: Date): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, servername: host, timeout: ANSWERED_WITHIN }, () => {
      resolve(Math.floor((Date.parse(socket.getPeerCertificate().valid_to) - now.getTime()) / DAY));
      socket.destroy();
    });
    socket.on('error', reject);
    socket.on('timeout', () => socket.destroy(new UnfitError('timeout')));
  });
}

/** @throws UnfitError that names those that the command line has not made, or that are gone */
export const canaryKeysReader =
  ({ ssm, canaryParameters }: { readonly ssm: SSMClient; readonly canaryParameters: string }) =>
  async (): Promise<CanaryKeys> => {
    const Names = CANARY_PARAMETERS.map((name) => `${canaryParameters}/${name}`);
    const { Parameters = [] } = await ssm.send(new GetParametersCommand({ Names, WithDecryption: true }));
    const found = new Map(Parameters.map(({ Name, Value }) => [Name, Value]));
    const keys = CANARY_PARAMETERS.map((name, nth) => [name, found.get(Names[nth])] as const);
    const missing = keys.filter(([, value]) => value === undefined).map(([name]) => name);
    if (missing.length > 0) throw new UnfitError(`no ${missing.join(', ')}`);
    return Object.fromEntries(keys) as CanaryKeys;
  };

declare module '../kernel/parts.store.ts' {
  interface Parts {
    /** What the command line made for the canary, as it is now. */
    readonly readCanaryKeys: () => Promise<CanaryKeys>;
  }
}
