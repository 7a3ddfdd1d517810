import type { EventDefinition } from '../../event/event.ts';
import { eventOfMail } from '../../event/event-of.case.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { teamContact } from '../../event/mail-blocks.ts';
import { readerIn } from '../../kernel/dynamo/keys.ts';
import { formatDay } from '../../kernel/i18n/formats.ts';
import type { MailTranslate } from '../../kernel/i18n/words.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { displayReference } from '../../kernel/text/reference.ts';
import { type Block, heading, paragraph } from '../../mail/letter/content.ts';
import { eventLinks } from '../../mail/letter/event-links.ts';
import { makeLetter, type Obstacle } from '../../mail/letter/letter.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { expectedDays } from '../decide/approval.ts';
import { SECRETARIAT } from './digest.ts';
import type { Digest } from './digest-item.schema.ts';

type Deps = Needs<'digests' | 'events' | 'roles' | 'siteUrl'>;

/** Who waits for a decision, told to an approver. */
export interface DigestData {
  /** In the language of the message. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly digest: Digest;
  readonly links: {
    /** Where the console shows who waits, one after the other. */
    readonly desk: string;
    readonly privacy: string;
  };
}

/**
 * Numbers and references only: who they are is for the console, after signing in. Told as it was counted; a reader who lost their roles
 * meanwhile, or has another address, is told nothing any more.
 */
export const digest = makeLetter({
  load: loadDigest,
  current: (_, message, deps: Deps) => isReader(deps, message),
  data(deps: Deps, { event, language, digest }): DigestData {
    const { console, privacy } = eventLinks(deps, event.id, language);
    return { event, language, digest, links: { desk: `${console}/approvals`, privacy } };
  },
  write({ event, language, digest, links }, t) {
    const { own, unreached, answered, overdue } = digest;
    const day = (since: string): string => formatDay(new Date(since), language, event.timeZone);
    return {
      blocks: [
        ...(own ? [paragraph(t('digest.own', { count: own.count, since: day(own.since) }))] : []),
        ...(unreached
          ? [paragraph(t('digest.unreached', { count: unreached.count, since: day(unreached.since) }))]
          : []),
        ...(answered ? [paragraph(t('digest.answered', { count: answered }))] : []),
        ...(overdue ? late(event, overdue, t) : []),
        { kind: 'button', label: t('digest.button'), url: links.desk },
        ...teamContact(event, t),
      ],
    };
  },
});

interface Found extends LocalisedEvent {
  readonly digest: Digest;
}

async function loadDigest(deps: Deps, message: OutboxMessage): Promise<Found | Obstacle> {
  const [digest, localised] = await Promise.all([
    deps.digests.read(message.eventId, message.reference),
    eventOfMail(deps, message),
  ]);
  if ('obstacle' in localised) return localised;
  return digest === undefined ? { obstacle: 'superseded' } : { ...localised, digest };
}

async function isReader({ roles }: Deps, { eventId, reference, to }: OutboxMessage): Promise<boolean> {
  const reader = readerIn(reference);
  return reader === SECRETARIAT || (await roles.read(eventId, reader))?.email === to;
}

function late(
  event: DigestData['event'],
  { count, references }: NonNullable<DigestData['digest']['overdue']>,
  t: MailTranslate,
): Block[] {
  const unnamed = count - references.length;
  const lines = [...references.map(displayReference), ...(unnamed > 0 ? [t('digest.more', { count: unnamed })] : [])];
  return [
    heading(t('digest.overdue.title')),
    paragraph(t('digest.overdue', { count, days: expectedDays(event) })),
    { kind: 'facts', facts: [{ label: t('digest.references'), lines }] },
  ];
}
