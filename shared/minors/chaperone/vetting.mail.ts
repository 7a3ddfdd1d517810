import type { EventDefinition } from '../../event/event.ts';
import { eventOfMail } from '../../event/event-of.case.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { contact, teamContact } from '../../event/mail-blocks.ts';
import { formatDate } from '../../kernel/i18n/formats.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { displayReference } from '../../kernel/text/reference.ts';
import { type Content, paragraph } from '../../mail/letter/content.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import { makeLetter, type Obstacle } from '../../mail/letter/letter.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { plainLetter } from '../../registration/registration.mail.ts';

/*
 * That two of the team agreed, and on what, told to those of safeguarding; nothing of anyone under 18. What was taken back meanwhile needs no
 * word.
 */

type Deps = Needs<'events' | 'readDeviceProposal' | 'registrations' | 'roles' | 'siteUrl'>;

interface Vetted {
  /** The chaperone's reference, or what organisers call the phone. */
  readonly name: string;
  /** That day included: `2027-12-31`. */
  readonly vettedUntil: string;
  /** Who the two are; in the mail, what they are called. */
  readonly by: readonly string[];
}

/** Whom, or which phone, two of the team called vetted. */
export interface VettingData extends Vetted {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly links: {
    /** Where it is taken back, in the console. */
    readonly children: string;
    readonly privacy: string;
  };
}

type Read = (deps: Deps, eventId: string, reference: string) => Promise<Vetted | undefined>;
type VettingKind = 'chaperone-vetted' | 'device-vetted';

const vettingLetter = (kind: VettingKind, read: Read) =>
  makeLetter({
    load: (deps: Deps, message) => load(deps, read, message),
    current: () => true,
    data(deps: Deps, { event, language, vetted }): VettingData {
      const { console, privacy } = eventLinks(deps, event.id, language);
      return { ...vetted, event, language, links: { children: `${console}/children`, privacy } };
    },
    write: (data, t) => written(kind, data, t),
  });

/** By their reference: no mail carries what attendees typed (AB3). */
export const chaperoneVetted = vettingLetter('chaperone-vetted', async ({ registrations }, eventId, reference) => {
  const { vettedUntil, vouchedBy: by } = (await registrations.read(eventId, reference))?.chaperoning ?? {};
  return vettedUntil && by ? { name: displayReference(reference), vettedUntil, by } : undefined;
});

export const deviceVetted = vettingLetter('device-vetted', async ({ readDeviceProposal }, eventId, id) => {
  const { name, vettedUntil, by, accepted } = (await readDeviceProposal(eventId, id)) ?? {};
  return name && vettedUntil && by && accepted ? { name, vettedUntil, by: [by, accepted.by] } : undefined;
});

interface Found extends LocalisedEvent {
  readonly vetted: Vetted;
}

async function load(deps: Deps, read: Read, message: OutboxMessage): Promise<Found | Obstacle> {
  const { eventId, reference } = message;
  const [localised, vetted, team] = await Promise.all([
    eventOfMail(deps, message),
    read(deps, eventId, reference),
    deps.roles.list(eventId),
  ]);
  if ('obstacle' in localised) return localised;
  if (vetted === undefined) return { obstacle: 'superseded' };
  const by = vetted.by.flatMap((id) => team.find((each) => each.id === id)?.label ?? []);
  return { ...localised, vetted: { ...vetted, by } };
}

const written = (
  kind: VettingKind,
  { event, name, vettedUntil, by, language, links }: VettingData,
  t: MailTranslate,
): Content => ({
  blocks: [
    paragraph(t(`${kind}.intro`, { event: event.title })),
    {
      kind: 'facts',
      facts: [
        { label: name, lines: [t('role-granted.until', { date: formatDate(vettedUntil, language) })] },
        ...(by.length === 0 ? [] : [{ label: t('role-opened.by'), lines: by }]),
      ],
    },
    paragraph(t(`${kind}.wrong`)),
    { kind: 'button', label: t('vetting.button'), url: links.children },
    ...teamContact(event, t),
  ],
});

/** To a confirmed adult who is asked to look after young people: how many and whom, the focal point tells them. */
export const chaperoneRequest = plainLetter({
  current: ({ chaperoning: { askedAt, acceptedAt, declinedAt } = {} }) =>
    askedAt !== undefined && acceptedAt === undefined && declinedAt === undefined,
  calledOff: 'nothing',
  blocks: (data, t) => [
    paragraph(t('chaperone-request.intro', { event: data.event.title })),
    paragraph(t('chaperone-request.means')),
    paragraph(t('chaperone-request.vetting', { name: data.event.safeguarding?.name ?? '' })),
    { kind: 'button', label: t('chaperone-request.button'), url: data.links.manage },
    paragraph(t('chaperone-request.free')),
    ...contact(data, t),
  ],
});
