import type { Needs } from '../../kernel/parts.store.ts';
import { isToNobody } from '../../kernel/text/email-address.ts';
import { isForReportReader } from '../kinds.ts';
import { composeMessage } from '../letter/compose.case.ts';
import type { Letters, Obstacle } from '../letter/letter.ts';
import { render } from '../letter/render.case.ts';
import type { OutboxMessage } from './message.schema.ts';

/** What some letter needs. */
type LetterNeeds = Needs<
  | 'client'
  | 'registry'
  | 'announcementLetters'
  | 'announcements'
  | 'attending'
  | 'delegations'
  | 'digests'
  | 'events'
  | 'invitations'
  | 'jobs'
  | 'outbox'
  | 'readAddressChange'
  | 'readDeviceProposal'
  | 'readFormSettings'
  | 'readTold'
  | 'readUnconfirmed'
  | 'registrations'
  | 'roles'
  | 'secrets'
  | 'signer'
  | 'siteUrl'
  | 'system'
>;

export type WriteNeeds = LetterNeeds & Needs<'letters' | 'sender'>;

/** A raw mail and whom it is to, which in a rehearsal may be nobody, or why there is none to send any more. */
export type Written = { readonly raw: Uint8Array; readonly to: string; readonly isToNobody: boolean } | Obstacle;

/** The raw mail for a message, written from what it is about as that stands now. */
export async function writeMail(deps: WriteNeeds, message: OutboxMessage): Promise<Written> {
  if (message.to === undefined) return { obstacle: 'address-gone' };
  const told = await deps.letters[message.kind].tell(deps, message);
  if ('obstacle' in told) return told;
  const { data, says, instead: kind = message.kind, to = message.to } = told;
  const { id, title, secretariat } = data.event;
  const from = { name: title, address: deps.sender };
  const { name, email } = data.replyTo ?? secretariat;
  const domain = deps.sender.slice(deps.sender.lastIndexOf('@') + 1);
  const raw = await composeMessage(render(kind, says, data), {
    from,
    to,
    // What is answered about a report must not reach the secretariat, which it may be about.
    replyTo: isForReportReader(message.kind) ? from : { name, address: email },
    // Not when it came about: one that waited for its turn would lie among the mail of yesterday.
    date: deps.system.now(),
    messageId: `${message.id}@${domain}`,
    unsubscribe: data.oneClick,
    fileName: id,
  });
  return { raw, to, isToNobody: isToNobody(data.event, to) };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    /** The table of all letters: it lies above what hands them on. */
    readonly letters: Letters<LetterNeeds>;
  }
}
