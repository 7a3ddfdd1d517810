import { isCalledOff } from '../../event/event-standing.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { RegistrationWithEvent } from '../registration.store.ts';
import type { RegistrationView } from '../registration-view.schema.ts';
import { viewOf } from './registration-view.case.ts';

type Deps = Needs<'signer'>;

/** A ticket exists only while the registration is confirmed, and there is something to come to; it is signed each time it is shown. */
export async function signedView(
  deps: Deps,
  { registration, event }: RegistrationWithEvent,
  token: string,
): Promise<RegistrationView> {
  const hasTicket = registration.status === 'confirmed' && !isCalledOff(event);
  const ticket = hasTicket ? await deps.signer.sign(event, registration) : undefined;
  return viewOf(registration, event, token, ticket);
}
