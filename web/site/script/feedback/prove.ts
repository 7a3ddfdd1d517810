import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { ANSWERED, type KeptFeedback, type KeptPlace, readKept, writeKept } from './kept.ts';

/** Milliseconds after which no answer will come any more: a phone between two masts would wait for ever. */
const PATIENCE = 30_000;

/**
 * How whatever is said anonymously is sent: nothing goes along that says by whom, and the browser takes another connection for it than
 * for what is sent with credentials, so that not even that is the same.
 */
export const ANONYMOUSLY = { credentials: 'omit', referrerPolicy: 'no-referrer' } as const satisfies RequestInit;

/**
 * The whole of an answer, with its text.
 *
 * @param otherwise what is said where none comes
 */
export async function answerTo(
  url: string,
  options: RequestInit,
  otherwise: 'offline' | 'unsure' = 'offline',
): Promise<{ readonly response: Response; readonly text: string }> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), PATIENCE);
  try {
    const response = await fetch(url, { cache: 'no-store', ...options, signal: controller.signal });
    return { response, text: await response.text() };
  } catch {
    throw new Stopped(otherwise);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws Refused with the problem that the server answers with */
async function askJson<T>(url: string, options: RequestInit): Promise<T> {
  const { response, text } = await answerTo(url, options);
  const body = jsonOf(text);
  if (response.ok && body !== undefined) return body as T;
  const { type, title, detail } = (body ?? {}) as Partial<Record<string, string>>;
  // What went wrong on the other side says less than the page's own words.
  if (response.status >= 500 || type === undefined || title === undefined) throw new Stopped('failed');
  throw new Refused(type.replace(/^.*:/, ''), title, detail ?? '');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the page has words for when something does not go as it should. */
export type NoteName = 'no-link' | 'answered' | 'keys-differ' | 'offline' | 'unsure' | 'failed';

/** Why it went no further, as the page says it. */
export class Stopped extends Error {
  readonly note: NoteName;
  constructor(note: NoteName) {
    super(note);
    this.note = note;
  }
}

/** The server's own words of why not, in the language of the page. */
export class Refused extends Error {
  /** `not-attended`: the end of the problem's URN. */
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  constructor(type: string, title: string, detail: string) {
    super(type);
    this.type = type;
    this.title = title;
    this.detail = detail;
  }
}

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));

/** As `blind-signature.store.ts` signs: what is signed is random already. */
const SUITE = RSABSSA.SHA384.PSS.Deterministic();
const MESSAGE_BYTES = 32;

/** A new message and what is to be signed of it, which says nothing of it to its signer. @param publicKey SPKI, base64url */
async function blindNew(publicKey: string): Promise<Pick<KeptFeedback, 'message' | 'blinded' | 'inverse'>> {
  const message = crypto.getRandomValues(new Uint8Array(MESSAGE_BYTES));
  const { blindedMsg, inv } = await SUITE.blind(await keyOf(publicKey), message);
  return { message: toBase64Url(message), blinded: toBase64Url(blindedMsg), inverse: toBase64Url(inv) };
}

/**
 * The signature of the message itself, of which nobody can tell from which blinded one it came.
 *
 * @param signed what the server made of the blinded one
 * @throws Error where it is not good: then it would not be taken either
 */
async function unblind({ publicKey, message, inverse }: KeptFeedback, signed: string): Promise<string> {
  const [text, signature, unblinding] = [message, signed, inverse].map(fromBase64Url) as [Bytes, Bytes, Bytes];
  return toBase64Url(await SUITE.finalize(await keyOf(publicKey), text, signature, unblinding));
}

type Bytes = Uint8Array<ArrayBuffer>;

const keyOf = (publicKey: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('spki', fromBase64Url(publicKey), { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify']);

/** `feedbackPass` of the contract. */
type FeedbackPass = Pick<KeptFeedback, 'group' | 'publicKey' | 'labels'>;

/** Kept, and signed. */
export type FeedbackProof = KeptFeedback & { readonly signature: string };

/** Where a form's proofs are asked for, in the language of the page. */
const addressOf = ({ event, form }: KeptPlace, what: string): string =>
  `/api/events/${event}/feedback/${form}/${what}?lang=${document.documentElement.lang}`;

/** Says who asks: whatever is answered anonymously goes another way. */
const asBearer = ({ token }: KeptPlace): RequestInit => ({
  credentials: 'same-origin',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
});

/** @throws Refused where the holder of the token may not answer this form */
export const askPass = (place: KeptPlace): Promise<FeedbackPass> =>
  askJson(addressOf(place, 'pass'), { ...asBearer(place), method: 'POST' });

/**
 * Proof of attendance, which says nothing of who it was. It can be asked for as often as need be: whatever is not finished goes
 * on where it was, since each person gets one thing signed and no other.
 *
 * @throws Stopped, Refused
 */
export async function proofFor(place: KeptPlace): Promise<FeedbackProof> {
  const kept = readKept(place);
  if (kept === ANSWERED) throw new Stopped('answered');
  if (kept !== undefined && isSigned(kept)) return kept;
  const pass = await askPass(place);
  await compareKeys(place, pass);
  const begun = kept?.publicKey === pass.publicKey ? kept : await blindNew(pass.publicKey);
  const unsigned: KeptFeedback = { ...begun, ...pass };
  // Before anything is signed: an attendee who lost what it was signed for would have nothing to answer with, ever.
  writeKept(place, unsigned);
  const { signature } = await askJson<{ signature: string }>(addressOf(place, 'tokens'), {
    ...asBearer(place),
    method: 'POST',
    body: JSON.stringify({ blinded: unsigned.blinded }),
  });
  const proof = { ...unsigned, signature: await unblind(unsigned, signature) };
  writeKept(place, proof);
  return proof;
}

const isSigned = (kept: KeptFeedback): kept is FeedbackProof => kept.signature !== undefined;

/** An attendee with a key of their own would be known by it. So the key is looked up as a stranger to the server, too. */
async function compareKeys(place: KeptPlace, { group, publicKey }: FeedbackPass): Promise<void> {
  const { keys } = await askJson<{ keys: Partial<Record<string, string>> }>(addressOf(place, 'keys'), ANONYMOUSLY);
  if (keys[group] !== publicKey) throw new Stopped('keys-differ');
}
