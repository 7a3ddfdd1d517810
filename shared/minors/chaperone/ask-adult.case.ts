import type { EventDefinition } from '../../event/event.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import type { OutboxMessage } from '../../mail/outbox/message.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import type { Chaperoning, Registration } from '../../registration/registration.schema.ts';
import { mayChaperone } from './chaperone.ts';

type Deps = Needs<'registrations' | 'system'>;

export const refused = (code: 'not-a-chaperone' | 'chaperone-full') =>
  new InvalidInputError([{ path: 'chaperone', code }]);

/** @throws InvalidInputError for anyone but a confirmed adult who comes in person, the same for whoever is not there at all */
export async function requireAdult(
  { registrations }: Pick<Deps, 'registrations'>,
  { id }: EventDefinition<string>,
  typed: string,
): Promise<Registration> {
  const reference = parseReference(typed);
  const adult = reference && (await registrations.read(id, reference));
  if (!adult || !mayChaperone(adult)) throw refused('not-a-chaperone');
  return adult;
}

interface Asked {
  readonly chaperoning: Chaperoning;
  readonly messages: readonly OutboxMessage[];
}

/** An adult asked by mail; whoever was asked before, and has not said no, is not asked again. */
export function asked(system: Deps['system'], adult: Registration): Asked {
  const { chaperoning = { minors: {} } } = adult;
  if (chaperoning.askedAt !== undefined && chaperoning.declinedAt === undefined) return { chaperoning, messages: [] };
  return {
    chaperoning: { ...chaperoning, askedAt: system.now().toISOString(), declinedAt: undefined },
    messages: [newMessage(system, 'chaperone-request', adult)],
  };
}
