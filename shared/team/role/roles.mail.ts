import type { EventDefinition } from '../../event/event.ts';
import { eventOfMail } from '../../event/event-of.case.ts';
import { lastDay } from '../../event/event-times.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { teamContact, untilWords } from '../../event/mail-blocks.ts';
import { formatDate } from '../../kernel/i18n/formats.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { TICKS } from '../../kernel/route.ts';
import { countryName } from '../../kernel/text/countries.ts';
import { type Block, paragraph } from '../../mail/letter/content.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import { makeLetter, type Obstacle } from '../../mail/letter/letter.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import type { RoleGrant, RoleInvitation } from './organiser-role.schema.ts';
import { holdsAny, isVetted, lastDayOf } from './organiser-role.ts';
import type { Member } from './role.store.ts';
import { opensAt } from './role-rule.ts';

/*
 * To those who have to know who else holds a role: it is they who notice what should not be. Told as the team stands when the mail leaves.
 */

type Deps = Needs<'events' | 'invitations' | 'roles' | 'siteUrl'>;

/** A member of a team, and what they hold or are to hold. */
interface Held {
  /** What the team calls them. */
  readonly name?: string | undefined;
  readonly grants: readonly RoleGrant[];
}

/** Members who were given a role, told to those in it; or those who may see children. */
export interface HeldData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly held: readonly Held[];
  readonly links: {
    /** The team, in the console. */
    readonly team: string;
    readonly privacy: string;
  };
}

/** What is told of a role that two organisers agreed on. */
export interface OpenedData extends HeldData {
  /** What they are called. */
  readonly by: readonly string[];
  readonly reason?: string | undefined;
  /** ISO 8601 instant. */
  readonly opensAt: string;
}

/** `reference` is the member who was given a role. */
export const roleGranted = makeLetter({
  load: loadMember,
  current: () => true,
  data: (deps: Deps, { member, ...localised }): HeldData => ({
    ...teamBase(deps, localised),
    held: [{ name: member.label, grants: member.grants }],
  }),
  write: (data, t) => ({
    blocks: [
      paragraph(t('role-granted.intro', { event: data.event.title })),
      ...people(data, t),
      paragraph(t('role-granted.wrong')),
      ...teamEnding(data, t),
    ],
  }),
});

interface Found extends LocalisedEvent {
  readonly member: Member;
}

async function loadMember(deps: Deps, message: OutboxMessage): Promise<Found | Obstacle> {
  const [localised, member] = await Promise.all([
    eventOfMail(deps, message),
    deps.roles.read(message.eventId, message.reference),
  ]);
  if ('obstacle' in localised) return localised;
  return member === undefined ? { obstacle: 'superseded' } : { ...localised, member };
}

/** `reference` is the invitation that two organisers agreed on: one that was withdrawn needs no word. */
export const roleOpened = makeLetter({
  load: loadOpened,
  current: () => true,
  data(deps: Deps, { invitation, opens, team, ...localised }): OpenedData {
    const { grants, label, reason, invitedBy, accepted } = invitation;
    const by = [invitedBy, accepted?.children?.by].flatMap((id) => team.find((each) => each.id === id)?.label ?? []);
    const held = [{ name: label, grants }];
    return { ...teamBase(deps, localised), held, by, reason, opensAt: opens.toISOString() };
  },
  write: (data, t) => ({
    blocks: [
      paragraph(t('role-opened.intro', { event: data.event.title })),
      ...people(data, t),
      {
        kind: 'facts',
        facts: [
          { label: t('role-opened.by'), lines: data.by },
          ...(data.reason === undefined ? [] : [{ label: t('role-opened.reason'), lines: [data.reason] }]),
        ],
      },
      paragraph(t('role-opened.until', untilWords({ ...data, until: data.opensAt }))),
      ...teamEnding(data, t),
    ],
  }),
});

interface Opened extends WithTeam {
  readonly invitation: RoleInvitation;
  readonly opens: Date;
}

async function loadOpened(deps: Deps, message: OutboxMessage): Promise<Opened | Obstacle> {
  const [localised, invitation] = await Promise.all([
    loadTeam(deps, message),
    deps.invitations.read(message.eventId, message.reference),
  ]);
  if ('obstacle' in localised) return localised;
  const opens = invitation && opensAt(invitation);
  return invitation && opens ? { ...localised, invitation, opens } : { obstacle: 'invitation-gone' };
}

/** Everyone who was vetted until the event's end, in whatever role. */
export const whoSeesChildren = makeLetter({
  load: loadTeam,
  current: () => true,
  data: (deps: Deps, { team, ...localised }): HeldData => ({
    ...teamBase(deps, localised),
    held: team.flatMap(({ label, grants }) => {
      const opening = grants.filter((grant) => isVetted([grant], TICKS, lastDay(localised.event)));
      return holdsAny(opening, SEE_CHILDREN) ? [{ name: label, grants: opening }] : [];
    }),
  }),
  write: (data, t) => ({
    blocks: [
      paragraph(t('who-sees-children.intro', { event: data.event.title })),
      ...(data.held.length === 0 ? [paragraph(t('who-sees-children.nobody'))] : people(data, t)),
      paragraph(t('role-granted.wrong')),
      ...teamEnding(data, t),
    ],
  }),
});

/** `care` sees what they need. */
const SEE_CHILDREN = ['see-minors', 'care'] as const;

interface WithTeam extends LocalisedEvent {
  readonly team: readonly Member[];
}

async function loadTeam(deps: Pick<Deps, 'events' | 'roles'>, message: OutboxMessage): Promise<WithTeam | Obstacle> {
  const [localised, team] = await Promise.all([eventOfMail(deps, message), deps.roles.list(message.eventId)]);
  return 'obstacle' in localised ? localised : { ...localised, team };
}

export function teamBase(deps: Pick<Deps, 'siteUrl'>, { event, language }: LocalisedEvent) {
  const { console, privacy } = eventLinks(deps, event.id, language);
  return { event, language, links: { team: `${console}/people`, privacy } };
}

export const people = ({ event, held, language }: HeldData, t: MailTranslate): Block[] => [
  {
    kind: 'facts',
    facts: held.map(({ name, grants }) => ({
      label: name ?? t('role-granted.unnamed'),
      lines: grants.map((grant) => grantLine(grant, event, language, t)),
    })),
  },
];

/** What a grant lets its holder do, in a few words. */
export function grantName({ role, deputy, ticks = [] }: RoleGrant, t: MailTranslate): string {
  if (role !== 'custom') return t(`role-invitation.role.${deputy ? 'deputy' : role}`);
  return t('role-invitation.role.custom', { tasks: ticks.map((tick) => t(`role-invitation.tick.${tick}`)).join(', ') });
}

/** When a grant ends, where it does. */
export const endLines = ({ endsAt }: RoleGrant, event: EventDefinition<string>, language: string, t: MailTranslate) =>
  endsAt === undefined
    ? []
    : [t('role-granted.ends', { date: formatDate(lastDayOf({ endsAt }, event.timeZone), language) })];

function grantLine(grant: RoleGrant, event: EventDefinition<string>, language: string, t: MailTranslate): string {
  const { vettedUntil, countries = [], organisations = [], categories = [] } = grant;
  const name = grantName(grant, t);
  const reach = [
    ...countries.map((code) => countryName(code, language, event.countries)),
    ...organisations,
    ...categories.map((id) => event.categories.find((each) => each.id === id)?.title ?? id),
  ];
  const until = vettedUntil && t('role-granted.until', { date: formatDate(vettedUntil, language) });
  return [name, ...reach, ...(until ? [until] : []), ...endLines(grant, event, language, t)].join(', ');
}

export const teamEnding = ({ event, links }: HeldData, t: MailTranslate): Block[] => [
  { kind: 'button', label: t('role-granted.button'), url: links.team },
  ...teamContact(event, t),
];
