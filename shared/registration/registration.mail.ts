import type { AnnouncedData } from '../announcements/announced-data.ts';
import { lastAnnounced } from '../announcements/told.ts';
import { isCalledOff, statusOf } from '../event/event-standing.ts';
import type { MailTranslate } from '../kernel/i18n/words.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { addressIdentity } from '../kernel/text/email-address.ts';
import type { Block, Content } from '../mail/letter/content.ts';
import { type Instead, makeLetter, type Obstacle } from '../mail/letter/letter.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
import { type MailedReceipt, receiptBlocks, receiptsIn } from './consent-receipts.case.ts';
import type { RegistrationData } from './mail-blocks.ts';
import type { Registration } from './registration.schema.ts';
import type { RegistrationWithEvent } from './registration.store.ts';
import { type DataDeps, dataOf } from './registration-data.case.ts';

export type RegistrationDeps = DataDeps &
  Needs<'announcementLetters' | 'announcements' | 'client' | 'readTold' | 'registrations' | 'registry' | 'system'>;

interface Steps<Deps, Data> {
  /** Whether the registration, as it stands now, is what it tells of. */
  readonly current: (registration: Registration, now: Date) => boolean;
  /**
   * What becomes of it where the event was called off: `told`, all the same; `status`, since it says how an attendee
   * stands, they are told in its place what became of the event; `nothing`, since it speaks of coming.
   */
  readonly calledOff: 'told' | 'status' | 'nothing';
  /** Anybody who types the address causes it: it carries no receipt, by which it would be another mail for who is registered (AU9). */
  readonly isAnybodys?: true;
  readonly data: (deps: Deps, found: RegistrationWithEvent, message: OutboxMessage) => Promise<Data>;
  readonly write: (data: Data, t: MailTranslate) => Content;
}

/** Told from the registration as it stands now, with a receipt of each consent that was given by the change that it is about. */
export const registrationLetter = <Deps, Data extends RegistrationData>({
  current,
  calledOff,
  isAnybodys,
  data,
  write,
}: Steps<Deps, Data>) =>
  makeLetter({
    load: loadRegistration,
    current: ({ registration }, { to }, { system }: RegistrationDeps & Deps) =>
      current(registration, system.now()) && isTheirs(registration, to),
    data: async (
      deps: RegistrationDeps & Deps,
      found: RegistrationWithEvent,
      message,
    ): Promise<(Data & Receipts) | Obstacle | Instead> => {
      if (calledOff === 'told' || !isCalledOff(found.event)) {
        const receipts = isAnybodys ? [] : await receiptsIn(deps, found, 'attendee', message.createdAt);
        return { ...(await data(deps, found, message)), receipts };
      }
      return (calledOff === 'status' && (await statusInstead(deps, found, message))) || { obstacle: 'superseded' };
    },
    write(data, t) {
      const content = write(data, t);
      return { ...content, blocks: [...content.blocks, ...receiptBlocks(data.receipts ?? [], t)] };
    },
  });

interface Receipts {
  readonly receipts?: readonly MailedReceipt[];
}

/** The same of what is known of each registration, in blocks alone. */
export const plainLetter = ({
  blocks,
  ...steps
}: Omit<Steps<unknown, RegistrationData>, 'data' | 'write'> & {
  readonly blocks: (data: RegistrationData, t: MailTranslate) => readonly Block[];
}) => registrationLetter({ ...steps, data: dataOf, write: (data, t) => ({ blocks: blocks(data, t) }) });

export async function loadRegistration(
  { registrations }: Pick<RegistrationDeps, 'registrations'>,
  { eventId, reference, language }: OutboxMessage,
): Promise<RegistrationWithEvent | Obstacle> {
  return (await registrations.readWithEvent(eventId, reference, language)) ?? { obstacle: 'registration-gone' };
}

/** Links are made when a mail is written: one that waited for the attendee before a substitution would carry the new one. */
export const isTheirs = ({ email }: Pick<Registration, 'email'>, to: string | undefined): boolean =>
  to !== undefined && addressIdentity(to) === addressIdentity(email);

/**
 * Nobody is told that they come to an event that was called off. What was written before is told by the mail to everyone; a reader to whom
 * something is written since may not have had that one, and is told the same.
 */
async function statusInstead(
  deps: RegistrationDeps,
  found: RegistrationWithEvent,
  message: OutboxMessage,
): Promise<Instead | undefined> {
  const { eventId, createdAt } = message;
  const told = await deps.readTold(eventId);
  const last = told && lastAnnounced(told);
  if (last?.status !== statusOf(found.event) || createdAt < last.since) return undefined;
  const announcement = await deps.announcements.read(eventId, last.announcement ?? '');
  if (announcement === undefined) return undefined;
  const data: AnnouncedData = {
    ...(await dataOf(deps, found, message)),
    announcement,
    wished: found.registration.mode,
  };
  const { kind } = announcement;
  return { instead: kind, data, says: (t) => deps.announcementLetters[kind].write(data, t) };
}

/** For mail that says how things stand, whatever that is. */
export const isNotCancelled = ({ status }: Registration): boolean => status !== 'cancelled';
