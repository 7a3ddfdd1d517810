import { withoutNeeds } from '../../care/care-needs.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { requireOpen } from '../apply/require-open.ts';
import { settleEntry } from '../apply/settle-entry.case.ts';
import { checkSubmission } from '../apply/submission.ts';
import { hashAddress } from '../hashes.store.ts';
import type { HeldForm } from './form-of.case.ts';
import { putUnconfirmed } from './unconfirmed.store.ts';
import { confirmedForm } from './unconfirmed.ts';

type Deps = Needs<'changes' | 'secrets' | 'submissions' | 'system' | 'tables' | 'unconfirmed'>;

/**
 * Enters what was sent, by the rules as they are now and as any form is entered: for a seat, a place in the waiting list or a
 * decision; or tells the holder of the address that they are registered already. Confirming twice succeeds twice.
 *
 * @param edition of what was looked at
 * @returns `changed` where something else has been sent for the same address since then: nothing is done
 * @throws ProblemError once registration has closed, InvalidInputError for what does not fit any more, such as an
 *   invitation code that was used up
 */
export async function confirm(
  deps: Deps,
  { form, event, language }: HeldForm,
  edition: string,
): Promise<'done' | 'changed'> {
  const { eventId, application, codeHash } = form;
  if (application === undefined) return 'done';
  if (form.edition !== edition) return 'changed';
  const now = deps.system.now();
  requireOpen(event, now);
  const result = checkSubmission(withoutNeeds(event), { ...application, ageBand: 'adult' });
  if ('issues' in result) throw new InvalidInputError(result.issues);
  const addressHash = await hashAddress(deps.secrets, eventId, application.email);
  const { standing } = await deps.submissions.read({ eventId, language, addressHash, codeHash });
  const entry = {
    event,
    application: result.application,
    care: {},
    invitationCode: codeHash !== undefined,
    proven: 'mail' as const,
    pass: undefined,
    addressHash,
    requestHash: form.request,
    along: () => [putUnconfirmed(deps.tables.registry, form, confirmedForm(form, now))],
  };
  if ((await settleEntry(deps, entry, standing)) === 'done') return 'done';
  const current = await deps.unconfirmed.read(eventId, form.id);
  return current?.edition === edition && current.confirmedAt !== undefined ? 'done' : 'changed';
}
