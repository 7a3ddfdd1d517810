import { refuse } from '../../kernel/form/require-typed.ts';
import { words } from '../../words.ts';
import { type Marked, nothingMarked } from './marked-consent.tsx';
import type { Minor } from './one.ts';

interface Signature {
  readonly signedBy: string;
  readonly signedOn: string;
  readonly phone: string;
}

/**
 * Says what is missing before anything is sent, in words for whoever holds the paper: those of the API are for whoever ticks
 * the box themselves.
 *
 * @returns consent id to the version that was signed
 * @throws ApiProblem as the API would answer
 */
export function requireForm(
  consents: Minor['consents'],
  marked: Readonly<Record<string, Marked>>,
  { signedBy, signedOn, phone }: Signature,
): Readonly<Record<string, string>> {
  const messages: Record<string, string> = {};
  const signed: Record<string, string> = {};
  for (const { id, version, required } of consents) {
    const { ticked, version: typed } = marked[id] ?? nothingMarked;
    if (!ticked && required) messages[`consents.${id}`] = words.paper.notTicked;
    if (!ticked) continue;
    if (typed.trim() === '') messages[`version.${id}`] = words.required;
    else if (typed.trim() !== version) messages[`version.${id}`] = words.paper.otherVersion(version);
    signed[id] = version;
  }
  if (signedBy.trim() === '') messages['signedBy'] = words.required;
  if (phone.trim() === '') messages['phone'] = words.required;
  if (signedOn === '') messages['signedOn'] = words.required;
  if (Object.keys(messages).length > 0) refuse(messages);
  return signed;
}
