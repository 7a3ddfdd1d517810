import { createHash } from 'node:crypto';
import { retentionEnd } from '../../shared/domain/event-times.ts';
import type { PassGroup } from '../../shared/domain/feedback/pass.ts';
import type { Registration } from '../../shared/domain/registration.ts';
import { ProblemError } from '../../shared/errors.ts';
import { issuedTokenKey, putIssuedToken } from '../../shared/store/issued-token-item.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import { transact } from '../../shared/store/transact.ts';
import type { Deps } from './deps.ts';
import type { SigningKeys } from './keys.ts';

/** Half of a MAC: 128 bits name whoever it is. */
const HOLDER_BYTES = 16;

/** Texts are taken of adults only (CS22), so their tokens are signed apart. */
export const groupOf = ({ ageBand }: Pick<Registration, 'ageBand'>): PassGroup =>
  ageBand === 'minor' ? 'young' : 'adult';

/** The keys that sign for someone. */
export const keysFor = (
  deps: Deps,
  { registration, event }: RegistrationWithEvent,
  form: string,
): Promise<SigningKeys> =>
  deps.keysOf({ eventId: event.id, form, group: groupOf(registration), expiresAt: retentionEnd(event) });

/**
 * Notes that somebody is given their one token of a form.
 *
 * @param what is signed for them: asked for again it is the same token
 * @throws ProblemError `token-elsewhere` where something else was signed for them
 */
export async function noteIssued(
  { client, registry, feedbackSecrets, system }: Deps,
  { registration, event }: RegistrationWithEvent,
  form: string,
  what: Uint8Array,
): Promise<void> {
  const { eventId, reference } = registration;
  const holder = (await feedbackSecrets.mac('feedback-issued', `${eventId}|${form}|${reference}`)).subarray(
    0,
    HOLDER_BYTES,
  );
  const key = issuedTokenKey(eventId, form, holder.toString('base64url'));
  const blindedHash = createHash('sha256').update(what).digest('base64url');
  const refusals = await transact(client, [putIssuedToken(registry, key, blindedHash, retentionEnd(event))], system);
  if (refusals.length > 0) throw new ProblemError('token-elsewhere', { eventId });
}
