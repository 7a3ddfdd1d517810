import { isWaiting } from '../../shared/domain/unconfirmed.ts';
import { confirmToken } from '../../shared/keys/confirm-link.ts';
import { eventLinks } from '../../shared/mail/letter/event-links.ts';
import { renderMessage } from '../../shared/mail/message.ts';
import type { OutboxMessage } from '../../shared/mail/outbox/message.ts';
import type { Told } from '../../shared/mail/outbox/told.case.ts';
import type { Deps } from './deps.ts';

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
