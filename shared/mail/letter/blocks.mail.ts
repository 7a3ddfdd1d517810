import type { EventDay, EventDefinition } from '../../event/event.ts';
import { venueLines } from '../../event/venue-lines.ts';
import { formatDate } from '../../kernel/i18n/formats.ts';
import type { MailTranslate } from '../../kernel/i18n/mail.ts';
import { zoneWords } from '../../kernel/i18n/zone.ts';
import { displayReference } from '../../kernel/text/reference.ts';
import { timeToProve } from '../../seats/unproven-seat.ts';
import type { Block, Fact } from './letter.ts';
import type { EventData, MessageData } from './message-data.ts';

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
export const heading = (text: string): Block => ({ kind: 'heading', text });

/** When, how and where someone takes part, as soon as they have said it, and their reference. */
export function attendance(data: MessageData, t: MailTranslate): Block {
  if (data.registration.days.length === 0) return { kind: 'facts', facts: [reference(data, t)] };
  return { kind: 'facts', facts: [when(data, t), how(data, t), where(data, t), reference(data, t)] };
}

export const reference = ({ registration }: EventData, t: MailTranslate): Fact => ({
  label: t('facts.reference'),
  lines: [displayReference(registration.reference)],
});

/** What there is no seat in for someone who waits, and that they need not wait where it is for sessions alone. */
export function waitingFor({ waitingFor: waits }: MessageData, t: MailTranslate): Block[] {
  if (waits === undefined || waits.quotas.length === 0) return [];
  return [
    { kind: 'facts', facts: [{ label: t('facts.waiting-for'), lines: waits.quotas }] },
    ...(waits.forSessionsAlone ? [paragraph(t('waitlisted.sessions'))] : []),
  ];
}

/**
 * Asks whoever gets the first mail whether they registered. The button leads to their page, where a press says so: mail scanners follow
 * every link.
 */
export const yesThisIsMe = (data: MessageData, t: MailTranslate): Block[] =>
  data.registration.unproven ? [proofButton(data, t), paragraph(whyProve(data, t))] : [];

export const proofButton = ({ links }: MessageData, t: MailTranslate): Block => ({
  kind: 'button',
  label: t('prove.button'),
  url: links.manage,
});

/** What becomes of a seat, or a place in the waiting list, that nobody says is theirs; whoever waits for a decision has neither. */
export function whyProve({ event, registration: { status } }: MessageData, t: MailTranslate): string {
  if (status === 'waitlisted') return t('prove.waitlisted');
  if (status !== 'confirmed') return t('prove.pending');
  const { number, unit } = timeToProve(event.registration);
  return t(`prove.confirmed.${unit}s`, { number });
}

/** The link to the attendee's own page, and what it is good for. */
export const manage = (text: string, { links }: MessageData, t: MailTranslate): Block[] => [
  heading(t('manage.title')),
  paragraph(text),
  { kind: 'button', label: t('manage.button'), url: links.manage },
];

/** Where a reader sees how things stand for them; of a coordinator, for their people. */
export const ownPage = (data: MessageData, t: MailTranslate): Block[] =>
  data.links.delegation === undefined
    ? manage(t(data.registration.status === 'confirmed' ? 'manage.text' : 'manage.text.no-ticket'), data, t)
    : [{ kind: 'button', label: t('delegation.button'), url: data.links.delegation }];

/** How to give one's place up, in the words of what one's page has for it: people under 18 have a button of their own. */
export const leave = (
  key: 'manage.cancel' | 'manage.leave',
  { registration: { ageBand } }: MessageData,
  t: MailTranslate,
): Block => paragraph(t(ageBand === 'minor' ? 'manage.stop' : key));

export function contact({ event, registration }: EventData, t: MailTranslate): Block[] {
  const { name, email } = event.secretariat;
  return [
    heading(t('contact.title')),
    paragraph(t('contact.text', { name, reference: displayReference(registration.reference) })),
    { kind: 'mailto', address: email },
  ];
}

/** For a reader who has no registration. */
export const teamContact = ({ secretariat }: EventDefinition<string>, t: MailTranslate): Block[] => [
  heading(t('contact.title')),
  paragraph(t('role-invitation.contact', { name: secretariat.name })),
  { kind: 'mailto', address: secretariat.email },
];

const when = (data: MessageData, t: MailTranslate): Fact =>
  daysOf(
    data.event.days.filter(({ id }) => data.registration.days.includes(id)),
    data,
    t,
  );

/** Days with their times, and what zone these are in. */
export function daysOf(days: readonly EventDay<string>[], { event, registration }: EventData, t: MailTranslate): Fact {
  const lines = days.map(({ date, start, end }) =>
    t('facts.day', { date: formatDate(date, registration.language), start, end }),
  );
  const zone = days
    .slice(0, 1)
    .map(({ date }) => t('facts.zone', zoneWords(event.timeZone, date, registration.language)));
  return { label: t('facts.when'), lines: [...lines, ...zone] };
}

function how({ event, registration: { mode } }: MessageData, t: MailTranslate): Fact {
  return { label: t('facts.how'), lines: [event.modes.find(({ id }) => id === mode)?.title ?? mode] };
}

const where = (data: MessageData, t: MailTranslate): Fact =>
  data.registration.mode === 'online'
    ? { label: t('facts.where'), lines: [t('facts.where.online')] }
    : placeOf(data, t);

/** Where the event is. */
export const placeOf = ({ event, registration }: EventData, t: MailTranslate): Fact => ({
  label: t('facts.where'),
  lines: venueLines(event, registration.language),
});
