import type { Passkey } from '../../../shared/checkin/device/device.schema.ts';
import type { ApiAnswer } from './api.ts';
import { toBase64url } from './base64url.ts';
import type { Context } from './context.ts';
import { ALL_STORES, type Db, type EnrolledDevice, readState, type State, saveState, writeState } from './database.ts';
import { EnrolmentError } from './engine.ts';

const SECRET_BYTES = 32;
const DIGIT_BYTES = 6;
const PATIENCE = 20_000;

/**
 * Becomes a device with an organiser's code. The secret of its token is made and kept before it is sent, so that where the answer is
 * lost the same phone may ask again, and no other (AU7).
 *
 * @param bringIn sends what waits: scans of an earlier device are sent by it, or not at all (CI7)
 * @throws EnrolmentError
 */
export async function enrol(context: Context, code: string, bringIn: () => Promise<void>): Promise<void> {
  const { db, clock } = context;
  if (!/^[\w-]{43}$/.test(code)) throw new EnrolmentError('not-valid');
  const waiting = () => kept(db.use((open) => open.count('outbox')));
  if ((await waiting()) > 0) await bringIn();
  if ((await waiting()) > 0) throw new EnrolmentError('unsent');
  const { secret, searchCode } = await kept(db.use((open) => pendingFor(open, code, context)));
  const body = JSON.stringify({ code, secret, searchCode });
  const answer = await context.ask<EnrolledDevice>({ path: '/api/checkin/devices', body, patience: PATIENCE });
  if (answer.kind !== 'ok') throw new EnrolmentError(whyNot(answer));
  const { token, device: terms } = answer.body;
  const offset = clock.offset();
  const isDone = await kept(
    db.use((open) =>
      become(open, {
        device: { token, terms },
        ...(offset && { clock: offset }),
        ...(terms.maySearch && searchCode && { searchCode: { digits: searchCode, enrolment: code } }),
      }),
    ),
  );
  if (!isDone) throw new EnrolmentError('unsent');
}

/** What was sent with this code before, if it was. */
async function pendingFor(db: Db, code: string, { deps }: Context): Promise<State['pending']> {
  const { pending } = await readState(db);
  if (pending?.code === code) return pending;
  const made = { code, secret: toBase64url(deps.random(SECRET_BYTES)), searchCode: digits(deps.random(DIGIT_BYTES)) };
  await saveState(db, { pending: made });
  return made;
}

/** Six of them; that 2^48 is no multiple of a million favours none by more than a hair. */
const digits = (bytes: Uint8Array): string =>
  String(bytes.reduce((sum, byte) => sum * 256 + byte, 0) % 1_000_000).padStart(6, '0');

/**
 * Has a desk's search opened by the phone's own screen lock too: by the same code and secret, once, within ten minutes.
 *
 * @throws EnrolmentError
 */
export async function addPasskey({ ask, memory }: Context, passkey: Passkey): Promise<void> {
  const { device, searchCode } = memory.state;
  const secret = device?.token.split('.').at(-1);
  const body = JSON.stringify({ code: searchCode?.enrolment, secret, passkey });
  const answer = await ask<EnrolledDevice>({ path: '/api/checkin/devices', body, patience: PATIENCE });
  if (answer.kind !== 'ok') throw new EnrolmentError(whyNot(answer));
}

/** Forgets the device that it was, with all that it knew: another may be allowed less. What the server refused stays to be exported. */
async function become(db: Db, state: Partial<State>): Promise<boolean> {
  const tx = db.transaction(ALL_STORES, 'readwrite', { durability: 'strict' });
  // Someone may have been scanned in another tab while we waited for the answer.
  const isEmpty = (await tx.objectStore('outbox').count()) === 0;
  if (isEmpty) {
    const exportedUpTo = await tx.objectStore('state').get('exportedUpTo');
    await Promise.all((['state', 'entries', 'checkIns'] as const).map((store) => tx.objectStore(store).clear()));
    await writeState(tx.objectStore('state'), { ...state, exportedUpTo: exportedUpTo as number | undefined });
  }
  await tx.done;
  return isEmpty;
}

const kept = <T>(work: Promise<T>): Promise<T> =>
  work.catch(() => {
    throw new EnrolmentError('not-kept');
  });

const WHY: Readonly<Record<string, EnrolmentError['why']>> = {
  'enrolment-not-valid': 'not-valid',
  'enrolment-expired': 'expired',
  'enrolment-taken': 'taken',
  'device-revoked': 'revoked',
};

const whyNot = (answer: Exclude<ApiAnswer<unknown>, { kind: 'ok' }>): EnrolmentError['why'] =>
  answer.kind === 'no-answer' ? 'offline' : (WHY[answer.type ?? ''] ?? 'server');

const CODE = /^[\w-]{43}$/;

/** An organiser's code, from the link that shows it or alone; `undefined` for anything else. */
export function enrolmentCode(text: string): string | undefined {
  const trimmed = text.trim();
  const code = /#code=([\w-]+)$/.exec(trimmed)?.[1] ?? trimmed;
  return CODE.test(code) ? code : undefined;
}

/** What stands in the address of a link that was opened; it is gone from there at once, since any reader of it could use it. */
export function takeAddressCode(): string | undefined {
  const code = enrolmentCode(location.href);
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname);
  return code;
}
