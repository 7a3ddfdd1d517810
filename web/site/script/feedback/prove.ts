import { ANONYMOUSLY, askJson } from './ask.ts';
import { blindNew, unblind } from './blind.ts';
import { ANSWERED, type Kept, type Place, readKept, writeKept } from './kept.ts';
import { Stopped } from './stopped.ts';

/** `feedbackPass` of the contract. */
export type Pass = Pick<Kept, 'group' | 'publicKey' | 'labels'>;

/** Kept, and signed. */
export type Proof = Kept & { readonly signature: string };

/** Where a form's proofs are asked for, in the language of the page. */
const addressOf = ({ event, form }: Place, what: string): string =>
  `/api/events/${event}/feedback/${form}/${what}?lang=${document.documentElement.lang}`;

/** Says who asks: whatever is answered anonymously goes another way. */
const asBearer = ({ token }: Place): RequestInit => ({
  credentials: 'same-origin',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
});

/** @throws Refused where the holder of the token may not answer this form */
export const askPass = (place: Place): Promise<Pass> =>
  askJson(addressOf(place, 'pass'), { ...asBearer(place), method: 'POST' });

/**
 * Proof that somebody attended, which says nothing of who it was. It can be asked for as often as need be: whatever is not finished goes
 * on where it was, since each person gets one thing signed and no other.
 *
 * @throws Stopped, Refused
 */
export async function proofFor(place: Place): Promise<Proof> {
  const kept = readKept(place);
  if (kept === ANSWERED) throw new Stopped('answered');
  if (kept !== undefined && isSigned(kept)) return kept;
  const pass = await askPass(place);
  await compareKeys(place, pass);
  const begun = kept?.publicKey === pass.publicKey ? kept : await blindNew(pass.publicKey);
  const unsigned: Kept = { ...begun, ...pass };
  // Before anything is signed: whoever lost what it was signed for would have nothing to answer with, ever.
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

const isSigned = (kept: Kept): kept is Proof => kept.signature !== undefined;

/** Whoever had a key of their own would be known by it. So the key is looked up as somebody whom the server does not know, too. */
async function compareKeys(place: Place, { group, publicKey }: Pass): Promise<void> {
  const { keys } = await askJson<{ keys: Partial<Record<string, string>> }>(addressOf(place, 'keys'), ANONYMOUSLY);
  if (keys[group] !== publicKey) throw new Stopped('keys-differ');
}
