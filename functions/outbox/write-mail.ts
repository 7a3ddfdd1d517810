import type { MessageKind, OutboxMessage } from '../../shared/domain/message.ts';
import { manageToken } from '../../shared/keys/manage-link.ts';
import { composeMessage } from '../../shared/mail/compose.ts';
import { type Message, renderMessage } from '../../shared/mail/message.ts';
import type { MessageData } from '../../shared/mail/message-data.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import type { Deps } from './deps.ts';

/** The raw mail for a message, written from the registration as it stands now. */
export async function writeMail(
  deps: Deps,
  message: OutboxMessage,
  to: string,
  found: RegistrationWithEvent,
): Promise<Uint8Array> {
  const { event } = found;
  const rendered = await render(deps, message.kind, found);
  const domain = deps.sender.slice(deps.sender.lastIndexOf('@') + 1);
  return composeMessage(rendered, {
    from: { name: event.title, address: deps.sender },
    to,
    replyTo: { name: event.secretariat.name, address: event.secretariat.email },
    date: new Date(message.createdAt),
    messageId: `${message.id}@${domain}`,
    fileName: event.id,
  });
}

async function render(deps: Deps, kind: MessageKind, found: RegistrationWithEvent): Promise<Message> {
  const { registration, event, language } = found;
  const data: MessageData = {
    event,
    registration: { ...registration, language },
    links: {
      manage: `${deps.siteUrl}/m/${await manageToken(registration, deps.secrets)}?lang=${language}`,
      event: `${deps.siteUrl}/e/${event.id}?lang=${language}`,
      privacy: `${deps.siteUrl}/e/${event.id}/privacy?lang=${language}`,
    },
  };
  if (kind !== 'confirmed' && kind !== 'promoted') return renderMessage(kind, data);
  return renderMessage(kind, { ...data, ticket: await deps.signer.sign(event, registration) });
}
