import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { addressIdentity } from '../../kernel/text/email-address.ts';
import { changed } from '../../mail/outbox/new-items.store.ts';
import { changeRegistration } from '../change/change-registration.case.ts';
import { provenBy } from '../proven.ts';
import type { Registration } from '../registration.schema.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';

type Deps = Needs<'changes' | 'registrations' | 'system'>;

type Held = Pick<RegistrationWithEvent, 'registration' | 'event'>;

/** No mail any more that someone can do without. Twice is as good as once. */
export const stopMail = (deps: Deps, held: Held): Promise<Registration> => set(deps, held, true);

/** All mail again. */
export const resumeMail = (deps: Deps, held: Held): Promise<Registration> => set(deps, held, undefined);

/** @throws ProblemError `link-not-valid` where someone else came in their place at the same moment: it is not their mail any more */
const set = (deps: Deps, { registration, event }: Held, optedOut: true | undefined): Promise<Registration> =>
  changeRegistration(deps, event, registration, ({ before }) => {
    if (addressIdentity(before.email) !== addressIdentity(registration.email)) throw new ProblemError('link-not-valid');
    if (before.optedOut === optedOut) return undefined;
    // The link was mailed. A mailbox's own program presses it too (RFC 8058): that stops mail, and shows nobody.
    const after = changed(before, { optedOut }, deps.system.now());
    return { after: optedOut ? after : provenBy(after, 'mail'), messages: [] };
  });
