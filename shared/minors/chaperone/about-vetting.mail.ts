import type { Needs } from '../../kernel/parts.store.ts';
import { displayReference } from '../../kernel/text/reference.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import type { OutboxMessage } from '../../mail/outbox/message.ts';
import type { Told } from '../../mail/outbox/told.case.ts';
import { renderMessage } from '../../message.ts';

type Deps = Needs<'events' | 'readDeviceProposal' | 'registrations' | 'roles' | 'siteUrl'>;

/** `reference` is the chaperone's registration, or the id of the phone: what was taken back meanwhile needs no word. */
export async function aboutVetting(
  deps: Deps,
  kind: 'chaperone-vetted' | 'device-vetted',
  { eventId, reference, language: wanted }: OutboxMessage,
): Promise<Told> {
  const [localised, vetted, team] = await Promise.all([
    deps.events.readEvent(eventId, wanted),
    kind === 'chaperone-vetted' ? chaperone(deps, eventId, reference) : device(deps, eventId, reference),
    deps.roles.list(eventId),
  ]);
  if (localised === undefined) return { obstacle: 'event-gone' };
  if (vetted === undefined) return { obstacle: 'superseded' };
  const { event, language } = localised;
  const { console, privacy } = eventLinks(deps, eventId, language);
  const by = vetted.by.flatMap((id) => team.find((each) => each.id === id)?.label ?? []);
  const links = { children: `${console}/children`, privacy };
  return { message: renderMessage(kind, { ...vetted, event, language, by, links }), event };
}

/** By their reference: no mail carries what attendees typed (AB3). */
async function chaperone({ registrations }: Deps, eventId: string, reference: string) {
  const { vettedUntil, vouchedBy: by } = (await registrations.read(eventId, reference))?.chaperoning ?? {};
  const name = displayReference(reference);
  return vettedUntil && by ? { name, vettedUntil, by } : undefined;
}

async function device({ readDeviceProposal }: Deps, eventId: string, id: string) {
  const { name, vettedUntil, by, accepted } = (await readDeviceProposal(eventId, id)) ?? {};
  return name && vettedUntil && by && accepted ? { name, vettedUntil, by: [by, accepted.by] } : undefined;
}
