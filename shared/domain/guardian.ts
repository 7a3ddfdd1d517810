import type { EventDefinition } from './event.ts';
import type { FieldIssue } from './field-problem.ts';
import type { Person } from './young.ts';

/** The parent or guardian of one minor: kept in `Care`, apart from the registration. */
export interface Guardian extends Person {
  readonly eventId: string;
  /** Of the minor's registration. */
  readonly reference: string;
  /** ISO 8601. */
  readonly askedAt: string;
  readonly agreedAt?: string | undefined;
  /** Consent id to the version that was agreed to. */
  readonly consents?: Readonly<Record<string, string>> | undefined;
}

/** That someone has to answer by a time, or everything about the request is deleted. */
export interface PendingAnswer {
  readonly eventId: string;
  readonly reference: string;
  /** ISO 8601. */
  readonly answerBy: string;
  /** HMAC of the minor's address: names the lock that is to be released. */
  readonly addressHash: string;
  /** Ids of reminders that wait in the outbox. */
  readonly reminders: readonly string[];
}

export interface CheckedConsents {
  readonly agreed: Readonly<Record<string, string>>;
  readonly issues: readonly FieldIssue[];
}

/** Judges what a guardian agreed to: each consent for itself, in the version that is now shown. */
export function checkGuardianConsents(
  event: EventDefinition<string>,
  sent: Readonly<Record<string, string>>,
): CheckedConsents {
  const consents = event.minors?.consents ?? [];
  const known = new Set(consents.map(({ id }) => id));
  const agreed: Record<string, string> = {};
  const issues: FieldIssue[] = [];
  for (const { id, version, required } of consents) {
    const path = `consents.${id}`;
    const shown = Object.hasOwn(sent, id) ? sent[id] : undefined;
    if (shown === version) agreed[id] = version;
    else if (shown !== undefined) issues.push({ path, code: 'consent-version' });
    else if (required) issues.push({ path, code: 'not-accepted' });
  }
  for (const id of Object.keys(sent))
    if (!known.has(id)) issues.push({ path: `consents.${id}`, code: 'unknown-field' });
  return { agreed, issues };
}

/**
 * What a minor agreed to, as far as it counts: of what their guardian is asked too, both have to say yes (CS7). Their own
 * yes alone is not kept, so that whatever reads it reads a no.
 */
export function consentsInForce(
  event: EventDefinition<string>,
  own: Readonly<Record<string, string>>,
  guardians: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const shared = new Set(event.minors?.consents.map(({ id }) => id));
  return Object.fromEntries(Object.entries(own).filter(([id]) => !shared.has(id) || Object.hasOwn(guardians, id)));
}
