import type { OutboxMessage } from '../../shared/domain/message.ts';
import { composeMessage } from '../../shared/mail/compose.ts';
import { aboutInvitation } from './about-invitation.ts';
import { aboutRegistration } from './about-registration.ts';
import type { Deps } from './deps.ts';

/** A raw mail and whom it is to, or why there is none to send any more. */
export type Written = { readonly raw: Uint8Array; readonly to: string } | { readonly obstacle: string };

/** The raw mail for a message, written from what it is about as that stands now. */
export async function writeMail(deps: Deps, message: OutboxMessage): Promise<Written> {
  const { kind, to } = message;
  if (to === undefined) return { obstacle: 'address-gone' };
  const told =
    kind === 'role-invitation' ? await aboutInvitation(deps, message) : await aboutRegistration(deps, kind, message);
  if ('obstacle' in told) return told;
  const { secretariat, title, id } = told.event;
  const domain = deps.sender.slice(deps.sender.lastIndexOf('@') + 1);
  const raw = await composeMessage(told.message, {
    from: { name: title, address: deps.sender },
    to,
    replyTo: { name: secretariat.name, address: secretariat.email },
    date: new Date(message.createdAt),
    messageId: `${message.id}@${domain}`,
    fileName: id,
  });
  return { raw, to };
}
