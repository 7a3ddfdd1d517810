import { ProblemError } from '../kernel/errors.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { isSameMailbox } from '../kernel/text/email-address.ts';
import type { Caller } from '../team/role/permitted.case.ts';

type Deps = Needs<'roles'>;

/** @throws ProblemError `second-person` for whoever was the first, under whatever account their address is known of */
export async function requireSecondPerson(
  { roles }: Pick<Deps, 'roles'>,
  eventId: string,
  firstId: string,
  { id }: Pick<Caller, 'id'>,
): Promise<void> {
  const [first, second] = await Promise.all([roles.read(eventId, firstId), roles.read(eventId, id)]);
  if (firstId === id || isSameMailbox(first?.email, second?.email)) throw new ProblemError('second-person');
}
