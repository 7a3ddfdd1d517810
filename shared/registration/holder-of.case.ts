import { retentionEnd } from '../event/event-times.ts';
import { ProblemError } from '../kernel/errors.ts';
import { isId } from '../kernel/event-id.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { isProven, isReplaced, parseManageToken } from './link/manage-link.store.ts';
import type { RegistrationWithEvent } from './registration.store.ts';

/** What it takes to know whose link it is. */
export type LinkDeps = Needs<'registrations' | 'secrets' | 'system'>;

/**
 * The registration that a link opens for its holder.
 *
 * @throws ProblemError `link-replaced`, or `link-not-valid`, the same for a broken, forged, expired or forgotten link
 */
export async function holderOf(deps: LinkDeps, token: string, language: string): Promise<RegistrationWithEvent> {
  const { held, isCurrent } = await everHolderOf(deps, token, language);
  if (!isCurrent) throw new ProblemError('link-replaced');
  return held;
}

/**
 * The same for a link that was replaced since: its holder may learn that, and have the new one mailed to whom
 * it belongs.
 *
 * @throws ProblemError `link-not-valid`
 */
export async function everHolderOf(
  deps: LinkDeps,
  token: string,
  language: string,
): Promise<{ readonly held: RegistrationWithEvent; readonly isCurrent: boolean }> {
  const claim = parseManageToken(token);
  const held = claim && (await deps.registrations.readWithEvent(claim.eventId, claim.reference, language));
  if (!claim || !held || isExpired(held, deps.system.now())) throw notValid(token);
  const isCurrent = await isProven(claim, held.registration, deps.secrets);
  if (!isCurrent && !(await isReplaced(claim, held.registration, deps.secrets))) throw notValid(token);
  return { held, isCurrent };
}

/** Mail programs break links: a reader with the beginning of one is told where to ask for the whole. */
function notValid(token: string): ProblemError {
  const [eventId = ''] = token.split('.');
  return new ProblemError('link-not-valid', token !== eventId && isId(eventId) ? { eventId } : {});
}

/** A link lives as long as what it leads to; the table may take two days more to forget. */
export const isExpired = ({ event }: Pick<RegistrationWithEvent, 'event'>, now: Date): boolean =>
  now.getTime() >= retentionEnd(event) * 1000;

/** The token of an `Authorization: Bearer` header; anything else is no valid link. */
export const bearerToken = (authorization = ''): string => /^Bearer ([\w.-]{1,200})$/i.exec(authorization)?.[1] ?? '';
