import type { EventDefinition } from '../../event/event.ts';
import { eventOfMail } from '../../event/event-of.case.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { untilWords } from '../../event/mail-blocks.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { type Block, paragraph } from '../../mail/letter/content.ts';
import { calledInSubject, makeLetter, type Obstacle } from '../../mail/letter/letter.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { holdsAny } from '../role/organiser-role.ts';
import type { Member } from '../role/role.store.ts';
import { type HeldData, people, teamBase, teamEnding } from '../role/roles.mail.ts';
import { acceptableFrom, concernsChildren, endOf, fromResetReference } from './factor-reset.ts';

/*
 * To whom a second factor belongs, and to those who notice when nobody lost one: each says what to do then. One that was taken back, or is
 * done, is proposed no more; that it is done is told whatever became of the member since.
 */

type Deps = Needs<'events' | 'roles' | 'siteUrl'>;

/** The member whose second factor two organisers reset. */
export interface ResetData extends HeldData {
  /** What the organiser who proposed it, and the one who accepted it, are called. */
  readonly by: readonly [proposer: string | undefined, second?: string | undefined];
  readonly reason?: string | undefined;
}

export interface ResetProposedData extends ResetData {
  /** The ISO 8601 instants between which it can be accepted. */
  readonly from: string;
  readonly until: string;
}

/** Told to those of another event in which the person answers for children. */
export interface ResetElsewhereData extends ResetData {
  /** The event where two organisers reset it. */
  readonly there: {
    readonly title: string;
    /** Those who can take the proposal back, as the team calls them. */
    readonly organisers: readonly string[];
    /** Who reaches them. */
    readonly contacts: readonly { readonly name: string; readonly email: string; readonly phone?: string }[];
  };
  readonly replyTo?: EventDefinition<string>['secretariat'];
}

export const factorResetProposed = makeLetter({
  load: loadReset,
  current: ({ proposed }) => proposed !== undefined,
  data: (deps: Deps, found): ResetProposedData | Obstacle => withProposed(hereData(deps, found), found),
  write: (data, t) => ({
    blocks: [
      paragraph(t('factor-reset-proposed.intro', { event: data.event.title })),
      ...people(data, t),
      ...facts(data, t),
      paragraph(t('factor-reset-proposed.until', times(data))),
      paragraph(t('factor-reset-proposed.safe')),
      paragraph(t('factor-reset-proposed.wrong')),
      ...teamEnding(data, t),
    ],
  }),
});

export const factorResetDone = makeLetter({
  load: loadReset,
  current: () => true,
  data: (deps: Deps, found): ResetData => ({ ...hereData(deps, found), ...found.done }),
  write: (data, t) => ({
    blocks: [
      paragraph(t('factor-reset-done.intro', { event: data.event.title })),
      // A member who was removed from the team meanwhile has no name left there.
      ...(data.held.length === 0 ? [] : people(data, t)),
      ...facts(data, t),
      paragraph(t('factor-reset-done.next')),
      paragraph(t('factor-reset-done.wrong')),
      ...teamEnding(data, t),
    ],
  }),
});

/** A proposed reset concerns nobody where the member answers for children no more. */
export const factorResetProposedElsewhere = makeLetter({
  load: loadElsewhere,
  current: ({ proposed, held }) => proposed !== undefined && concernsChildren(held?.grants ?? []),
  data: (deps: Deps, found): (ResetProposedData & ResetElsewhereData) | Obstacle =>
    withProposed(elsewhereData(deps, found), found),
  write: (data, t) => ({
    subject: t('factor-reset-proposed.subject', { event: calledInSubject(data.event) }),
    title: t('factor-reset-proposed.title'),
    blocks: [
      paragraph(t('factor-reset-elsewhere.proposed', { event: data.event.title, other: data.there.title })),
      ...people(data, t),
      ...facts(data, t),
      paragraph(t('factor-reset-elsewhere.until', times(data))),
      paragraph(t('factor-reset-proposed.safe')),
      paragraph(t('factor-reset-elsewhere.object', { other: data.there.title })),
      ...contacts(data, t),
      paragraph(t('factor-reset-elsewhere.here', { event: data.event.title })),
      ...teamEnding(data, t),
    ],
  }),
});

export const factorResetDoneElsewhere = makeLetter({
  load: loadElsewhere,
  current: () => true,
  data: (deps: Deps, found): ResetElsewhereData => ({ ...elsewhereData(deps, found), ...found.done }),
  write: (data, t) => ({
    subject: t('factor-reset-done.subject', { event: calledInSubject(data.event) }),
    title: t('factor-reset-done.title'),
    blocks: [
      paragraph(t('factor-reset-elsewhere.done', { event: data.event.title, other: data.there.title })),
      ...people(data, t),
      ...facts(data, t),
      paragraph(t('factor-reset-done.wrong')),
      ...contacts(data, t),
      ...teamEnding(data, t),
    ],
  }),
});

type Here = LocalisedEvent & ReturnType<typeof resetIn>;

/** `reference` is the member whose second factor it is. */
async function loadReset(deps: Deps, message: OutboxMessage): Promise<Here | Obstacle> {
  const [localised, team] = await Promise.all([eventOfMail(deps, message), deps.roles.list(message.eventId)]);
  return 'obstacle' in localised ? localised : { ...localised, ...resetIn(team, message.reference) };
}

const hereData = (deps: Deps, { member, ...localised }: Here): HeldData => ({
  ...teamBase(deps, localised),
  held: member === undefined ? [] : [{ name: member.label, grants: member.grants }],
});

type Elsewhere = Here & {
  /** What they are here. */
  readonly held: Member | undefined;
  readonly there: EventDefinition<string>;
  /** The team that resets it there. */
  readonly team: readonly Member[];
  readonly memberId: string;
};

/** `reference` names the team, and the member. */
async function loadElsewhere(deps: Deps, message: OutboxMessage): Promise<Elsewhere | Obstacle> {
  const { eventId, memberId } = fromResetReference(message.reference);
  const [localised, held, there, team] = await Promise.all([
    eventOfMail(deps, message),
    deps.roles.read(message.eventId, memberId),
    eventOfMail(deps, { eventId, language: message.language }),
    deps.roles.list(eventId),
  ]);
  if ('obstacle' in localised) return localised;
  if ('obstacle' in there) return there;
  return { ...localised, ...resetIn(team, memberId), held, there: there.event, team, memberId };
}

const elsewhereData = (deps: Deps, { member, held, there, team, memberId, ...localised }: Elsewhere) => ({
  ...teamBase(deps, localised),
  held: [{ name: held?.label ?? member?.label, grants: held?.grants ?? [] }],
  there: whereToObject(there, team, memberId, member?.factorReset?.by),
  replyTo: there.secretariat,
});

const withProposed = <Data extends HeldData>(data: Data, { proposed }: Here) =>
  proposed === undefined ? ({ obstacle: 'superseded' } as const) : { ...data, ...proposed };

/** What is known of the reset of a member's second factor. */
function resetIn(team: readonly Member[], memberId: string) {
  const nameOf = (wanted: string | undefined) => team.find(({ id }) => id === wanted)?.label;
  const member = team.find(({ id }) => id === memberId);
  const reset = member?.factorReset;
  // Another one was proposed since: it is not told as one that was done.
  const done = reset?.done === undefined ? undefined : reset;
  return {
    member,
    proposed:
      member === undefined || reset === undefined || done !== undefined
        ? undefined
        : {
            by: [nameOf(reset.by)] as const,
            reason: reset.reason,
            from: acceptableFrom(member, reset).toISOString(),
            until: endOf(reset).toISOString(),
          },
    done: { by: [nameOf(done?.by), nameOf(done?.done?.by)] as const, reason: done?.reason },
  };
}

/** All organisers there can take it back; the secretariat and the contact for children reach them. */
const whereToObject = (
  { title, secretariat, safeguarding }: EventDefinition<string>,
  team: readonly Member[],
  ...exceptFor: readonly (string | undefined)[]
): ResetElsewhereData['there'] => ({
  title,
  contacts: [secretariat, ...(safeguarding ? [safeguarding] : [])],
  organisers: team.flatMap(({ id, label, grants }) =>
    label === undefined || exceptFor.includes(id) || !holdsAny(grants, ['manage-team']) ? [] : [label],
  ),
});

const times = (data: ResetProposedData) => ({
  ...untilWords(data),
  from: untilWords({ ...data, until: data.from }).until,
});

function contacts({ there }: ResetElsewhereData, t: MailTranslate): Block[] {
  const reached = there.contacts.map(({ name, email, phone }) => ({
    label: name,
    lines: [email, ...(phone === undefined ? [] : [phone])],
  }));
  const organisers = { label: t('factor-reset-elsewhere.organisers'), lines: there.organisers };
  return [{ kind: 'facts', facts: [...(there.organisers.length === 0 ? [] : [organisers]), ...reached] }];
}

function facts({ by: [proposer, second], reason }: ResetData, t: MailTranslate): Block[] {
  const said = [
    { label: t('factor-reset-proposed.by'), line: proposer },
    { label: t('factor-reset-done.by'), line: second },
    { label: t('role-opened.reason'), line: reason },
  ];
  const known = said.flatMap(({ label, line }) => (line === undefined ? [] : [{ label, lines: [line] }]));
  return known.length === 0 ? [] : [{ kind: 'facts', facts: known }];
}
