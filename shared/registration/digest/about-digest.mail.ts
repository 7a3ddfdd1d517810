import { readerIn } from '../../kernel/dynamo/keys.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import type { OutboxMessage } from '../../mail/outbox/message.ts';
import type { Told } from '../../mail/outbox/told.case.ts';
import { renderMessage } from '../../message.ts';
import { SECRETARIAT } from './digest.ts';

type Deps = Needs<'digests' | 'events' | 'roles' | 'siteUrl'>;

/** Told as it was counted; whoever lost their roles meanwhile, or has another address, is told nothing any more. */
export async function aboutDigest(deps: Deps, message: OutboxMessage): Promise<Told> {
  const { eventId, reference } = message;
  const [digest, localised] = await Promise.all([
    deps.digests.read(eventId, reference),
    deps.events.readEvent(eventId, message.language),
  ]);
  if (localised === undefined) return { obstacle: 'event-gone' };
  if (digest === undefined || !(await isReader(deps, message))) return { obstacle: 'superseded' };
  const { console, privacy } = eventLinks(deps, eventId, localised.language);
  const list = `${console}/registrations?status=pending-approval`;
  return {
    message: renderMessage('digest', { ...localised, digest, links: { list, privacy } }),
    event: localised.event,
  };
}

async function isReader(deps: Deps, { eventId, reference, to }: OutboxMessage): Promise<boolean> {
  const reader = readerIn(reference);
  return reader === SECRETARIAT || (await deps.roles.read(eventId, reader))?.email === to;
}
