import type { EventDefinition } from '../../event/event.ts';
import { asHeld } from '../../event/event-standing.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { compareNames } from '../../kernel/text/text-order.ts';
import type { MailFate } from '../../mail/fate/mail-fate.ts';
import type { Failure } from '../../mail/outbox/message.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { announcedId } from '../announced-message.case.ts';
import { type Announcement, isFor, recipientOf } from '../announcement.ts';
import type { StoredAnnouncement } from '../announcement-item.store.ts';
import { type ResultState, resultOf } from '../message-result.ts';

type Deps = Needs<'listRegistrations' | 'mail' | 'secrets'>;

interface Recipient {
  /** Of whom the mail is about, or of the first of them. */
  readonly reference: string;
  /** Those about whom the mail is: one, or several who are reached through their coordinator. */
  readonly people: readonly Registration[];
  readonly state: ResultState;
  readonly failure: Failure | undefined;
  readonly fate: MailFate | undefined;
}

/**
 * Everyone to whom a mail of an announcement was written, in the order of their names. A mail's id is made from whom it
 * is to, so that all of them are found without an index.
 */
export async function recipientsOf(
  deps: Deps,
  event: EventDefinition<string>,
  announcement: StoredAnnouncement,
): Promise<readonly Recipient[]> {
  const registered = await deps.listRegistrations(announcement.eventId);
  const registrations = registered.map((each) => asHeld(event, each));
  const groups = groupByRecipient([...registrations].sort(byReference));
  const named = await Promise.all(
    groups.map(async (people) => ({ id: await announcedId(deps.secrets, announcement, people[0]), people })),
  );
  const messages = await deps.mail.read(named.map(({ id }) => id));
  return named
    .flatMap(({ id, people }): Recipient[] => {
      const message = messages.get(id);
      if (message === undefined) return [];
      const [{ reference }] = people;
      const { failure, fate } = message;
      const state = resultOf(message, announcement);
      return [{ reference, people: about(announcement, people), state, failure, fate }];
    })
    .sort((a, b) => compareNames(namesOf(a.people), namesOf(b.people)) || byReference(a, b));
}

/** Of all whom a mail is about. */
export const namesOf = (people: Recipient['people']): string => people.map(({ fullName }) => fullName).join(', ');

const byReference = (a: { readonly reference: string }, b: { readonly reference: string }): number =>
  a.reference < b.reference ? -1 : 1;

type Group = readonly [Registration, ...Registration[]];

function groupByRecipient(registrations: readonly Registration[]): readonly Group[] {
  const groups = new Map<string, [Registration, ...Registration[]]>();
  for (const registration of registrations) {
    const recipient = recipientOf(registration);
    const group = groups.get(recipient);
    if (group === undefined) groups.set(recipient, [registration]);
    else group.push(registration);
  }
  return [...groups.values()];
}

/** Of a coordinator's people those whom it is for; where it is for none of them any more, all whom it may have been for. */
function about(announcement: Announcement, people: Group): readonly Registration[] {
  const concerned = people.filter((each) => isFor(announcement, each));
  return concerned.length === 0 ? people : concerned;
}
