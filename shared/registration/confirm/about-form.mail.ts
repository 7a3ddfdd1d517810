import type { Needs } from '../../kernel/parts.store.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import type { OutboxMessage } from '../../mail/outbox/message.ts';
import type { Told } from '../../mail/outbox/told.case.ts';
import { renderMessage } from '../../message.ts';
import { confirmToken } from './confirm-link.store.ts';
import { isWaiting } from './unconfirmed.ts';

type Deps = Needs<'events' | 'readUnconfirmed' | 'secrets' | 'siteUrl' | 'system'>;

/** The link is the one of the form as it waits now: what was confirmed or has expired is not mailed. */
export async function aboutForm(deps: Deps, { eventId, reference, language: wanted }: OutboxMessage): Promise<Told> {
  const [form, localised] = await Promise.all([
    deps.readUnconfirmed(eventId, reference),
    deps.events.readEvent(eventId, wanted),
  ]);
  if (localised === undefined) return { obstacle: 'event-gone' };
  if (!isWaiting(form, deps.system.now())) return { obstacle: 'superseded' };
  const { event, language } = localised;
  const links = {
    confirm: `${deps.siteUrl}/c/${await confirmToken(form, deps.secrets)}?lang=${language}`,
    privacy: eventLinks(deps, eventId, language).privacy,
  };
  return { message: renderMessage('confirm-registration', { event, language, links, until: form.until }), event };
}
