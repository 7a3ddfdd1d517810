import { stands } from '../event/attendee.ts';
import type { EventDefinition } from '../event/event.ts';
import { eventOfMail } from '../event/event-of.case.ts';
import { retentionEnd } from '../event/event-times.ts';
import type { LocalisedEvent } from '../event/localised-event.store.ts';
import { teamContact } from '../event/mail-blocks.ts';
import { eventLetter } from '../event/page/event.mail.ts';
import type { MailTranslate } from '../kernel/i18n/words.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { displayReference } from '../kernel/text/reference.ts';
import { type Block, type Content, paragraph } from '../mail/letter/content.ts';
import { eventLinks } from '../mail/letter/event-links.ts';
import { makeLetter, type Obstacle } from '../mail/letter/letter.ts';
import type { OutboxMessage } from '../mail/outbox/message.schema.ts';
import type { Registration } from '../registration/registration.schema.ts';
import type { Delegation } from './delegation.schema.ts';
import { delegationToken } from './delegation-link.store.ts';

type Deps = Needs<'delegations' | 'events' | 'secrets' | 'siteUrl' | 'system'>;

/** Mail to a coordinator, who may have no registration. */
export interface DelegationData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly links: {
    /** The page of the delegation: a secret. */
    readonly delegation: string;
    readonly privacy: string;
  };
  /** Those about whom mail goes to the coordinator, whose address is proven. */
  readonly people: readonly Pick<Registration, 'fullName' | 'status' | 'reference'>[];
}

/** With the link as it is now. */
const delegationLetter = (
  peopleOf: (deps: Deps, delegation: Delegation) => Promise<DelegationData['people'] | Obstacle>,
  write: (data: DelegationData, t: MailTranslate) => Content,
) =>
  makeLetter({
    load: loadDelegation,
    current: ({ event }, _, { system }: Deps) => system.now().getTime() < retentionEnd(event) * 1000,
    async data(deps: Deps, { delegation, event, language }): Promise<DelegationData | Obstacle> {
      const people = await peopleOf(deps, delegation);
      if ('obstacle' in people) return people;
      const links = {
        delegation: `${deps.siteUrl}/d/${await delegationToken(delegation, deps.secrets)}?lang=${language}`,
        privacy: eventLinks(deps, event.id, language).privacy,
      };
      return { event, language, links, people };
    },
    write,
  });

interface Found extends LocalisedEvent {
  readonly delegation: Delegation;
}

async function loadDelegation(deps: Deps, message: OutboxMessage): Promise<Found | Obstacle> {
  const [delegation, localised] = await Promise.all([
    deps.delegations.read(message.eventId, message.reference),
    eventOfMail(deps, message),
  ]);
  if (delegation === undefined) return { obstacle: 'delegation-gone' };
  return 'obstacle' in localised ? localised : { ...localised, delegation };
}

/** The first mail to a coordinator: it says nothing that anyone typed, for the address is unproven. */
export const delegationLink = delegationLetter(
  async () => [],
  (data, t) => ({
    blocks: [
      paragraph(t('delegation-link.intro', { event: data.event.title })),
      paragraph(t('delegation-link.open')),
      open(data, t),
      paragraph(t('delegation-link.yours')),
      paragraph(t('delegation-link.not-you')),
      ...teamContact(data.event, t),
    ],
  }),
);

/** After people were registered about whom mail goes to the coordinator: one mail about all of them, as they stand now. */
export const delegationRegistered = delegationLetter(
  async (deps, delegation) => {
    const people = await throughCoordinator(deps, delegation);
    // A press that registered nobody: there is nothing to tell.
    return people.length === 0 ? { obstacle: 'superseded' } : people;
  },
  (data, t) => ({
    blocks: [
      paragraph(t('delegation-registered.intro', { event: data.event.title })),
      {
        kind: 'facts',
        facts: data.people.map(({ fullName, status, reference }) => ({
          label: fullName,
          lines: [t(`delegation.status.${status}`), `${t('delegation.reference')}: ${displayReference(reference)}`],
        })),
      },
      paragraph(t('delegation-registered.tickets')),
      open(data, t),
      ...teamContact(data.event, t),
    ],
  }),
);

async function throughCoordinator(
  { delegations }: Deps,
  { eventId, id }: Delegation,
): Promise<readonly Registration[]> {
  const roster = await delegations.readRoster(eventId, id);
  const registrations = roster ? [...(await delegations.registrations(roster)).values()] : [];
  return registrations.filter(({ delegation, status }) => delegation?.throughCoordinator && stands({ status }));
}

const open = ({ links }: DelegationData, t: MailTranslate): Block => ({
  kind: 'button',
  label: t('delegation.button'),
  url: links.delegation,
});

/** The last mail to a coordinator about a list that was deleted. */
export const delegationErased = eventLetter(({ event, links }, t) => ({
  blocks: [
    paragraph(t('delegation-erased.intro', { event: event.title })),
    paragraph(t('erased.left')),
    { kind: 'button', label: t('cancelled.event'), url: links.event },
    paragraph(t('erased.not-you', { name: event.secretariat.name })),
    { kind: 'mailto', address: event.secretariat.email },
  ],
}));
