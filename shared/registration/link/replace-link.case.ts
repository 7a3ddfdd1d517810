import type { RegistrationStatus } from '../../event/attendee.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { changed, newMessage } from '../../mail/outbox/new-items.store.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { provenBy } from '../proven.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';

type Deps = Needs<'changes' | 'registrations' | 'system'>;

const HAS_ENDED: readonly RegistrationStatus[] = ['cancelled', 'declined', 'expired'];

/**
 * Makes the link that someone holds, and all before it, lead nowhere, and mails a new one to whom it belongs.
 *
 * @throws ProblemError `not-amendable` when the registration has ended: no mail with a link would follow
 */
export async function replaceLink(deps: Deps, { registration, event }: RegistrationWithEvent): Promise<Registration> {
  return changeRegistration(deps, event, registration, ({ before }) => {
    if (before.linkVersion > registration.linkVersion) return undefined;
    if (HAS_ENDED.includes(before.status)) throw new ProblemError('not-amendable');
    const after = provenBy(changed(before, { linkVersion: before.linkVersion + 1 }, deps.system.now()), 'mail');
    return { after, messages: [newMessage(deps.system, 'link', after)] };
  });
}
