import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { System } from '../../kernel/system.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.schema.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { toFocalPoint } from '../../registration/change/change-parts.store.ts';
import type { PlannedChange } from '../../registration/change/change-registration.case.ts';
import { provenBy } from '../../registration/proven.ts';
import type { MinorDetails, Registration } from '../../registration/registration.schema.ts';
import { changed } from '../../registration/registration-state.store.ts';
import type { PendingAnswer } from '../consent/guardian.schema.ts';
import { movePendingAnswer, putGuardian } from '../consent/guardian.store.ts';
import type { YoungTables } from '../young.store.ts';
import { answerBy, type GuardianContact, remindersAt } from '../young.ts';

interface AskingDeps {
  readonly system: System;
  readonly tables: YoungTables;
}

/** Whom a minor has asked, and what is awaited until then. */
export interface Naming {
  readonly guardian: GuardianContact;
  readonly pending: PendingAnswer;
}

/**
 * What is written when a minor has a guardian asked, by mail or on paper: the first time, which proves their address, and
 * for each guardian in place of another. Days and reminders count from now (CS4).
 *
 * @param changes what else becomes of what is known of the minor
 */
export function guardianAsked(
  { system, tables }: AskingDeps,
  event: EventDefinition<string>,
  before: Registration,
  { guardian, pending }: Naming,
  changes: MinorDetails = {},
): NonNullable<PlannedChange> {
  const now = system.now();
  const onPaper = guardian.email === undefined;
  const until = answerBy(event, now, onPaper);
  const { eventId, reference, minor } = before;
  const after = changed(
    before,
    {
      minor: {
        ...minor,
        // Who has no email is sent no link: none is ever valid.
        guardianLinkVersion: onPaper ? undefined : (minor?.guardianLinkVersion ?? 0) + 1,
        ...(onPaper && { consentOnPaper: 'awaited' }),
        guardianMail: undefined,
        answerBy: until.toISOString(),
        ...changes,
      },
    },
    now,
  );
  const mails = onPaper ? undefined : guardianMessages(system, before, guardian, until);
  const reminders = mails?.reminders ?? [];
  const moved = { answerBy: until.toISOString(), reminders: reminders.map(({ id }) => id) };
  const expiresAt = retentionEnd(event);
  return {
    // The minor who asks pressed in a mail to their address.
    after: provenBy(after, 'mail'),
    messages: mails ? [mails.request, ...reminders] : paperMessages(system, event, after),
    also: [
      putGuardian(tables.care, { ...guardian, eventId, reference, askedAt: now.toISOString() }, expiresAt),
      ...movePendingAnswer(tables, pending, moved, expiresAt),
    ],
  };
}

interface GuardianMessages {
  readonly request: OutboxMessage;
  /** Deleted once there is an answer. */
  readonly reminders: readonly OutboxMessage[];
}

/** To the guardian of a minor, who is asked by mail. */
function guardianMessages(
  system: System,
  { eventId, reference }: Pick<Registration, 'eventId' | 'reference'>,
  { email = '', language = '' }: GuardianContact,
  until: Date,
): GuardianMessages {
  const toGuardian = { eventId, reference, email, language };
  return {
    request: newMessage(system, 'guardian-request', toGuardian),
    reminders: remindersAt(system.now(), until).map((at) => newMessage(system, 'guardian-reminder', toGuardian, at)),
  };
}

/** To a minor whose guardian signs on paper, and to the focal point who helps them. */
export const paperMessages = (
  system: System,
  event: EventDefinition<string>,
  registration: Registration,
): readonly OutboxMessage[] => [
  newMessage(system, 'pending-paper', registration),
  ...toFocalPoint(system, event, 'paper-awaited', registration.reference),
];
