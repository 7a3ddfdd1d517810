import type { EventDefinition } from '../../event/event.ts';
import { type Checked, type FieldIssue, refuse } from '../../kernel/text/field-problem.ts';
import { checkPhone } from '../../kernel/text/phone.ts';
import { cleanText } from '../../kernel/text/text.ts';
import type { Handover } from '../handover/handover.ts';
import type { GuardianContact } from '../young.ts';

/** The parent or guardian of one minor: kept in `Care`, apart from the registration. */
export interface Guardian extends GuardianContact {
  readonly eventId: string;
  /** Of the minor's registration. */
  readonly reference: string;
  /** When they were asked, or until then named, ISO 8601. */
  readonly askedAt: string;
  readonly agreedAt?: string | undefined;
  /** Consent id to the version that was agreed to. */
  readonly consents?: Readonly<Record<string, string>> | undefined;
  /** Where they can be reached in an emergency, on the days of the event. */
  readonly phone?: string | undefined;
  /** How the minor leaves, as was said or noted last: `handoverInForce` says what counts of it. */
  readonly handover?: Handover | undefined;
  /** Raised to replace the code that whoever fetches the minor says; where absent the first, or none of one who signed on paper. */
  readonly handoverCodeVersion?: number | undefined;
  /** Who made the last one for a guardian who signed on paper, a member, and when, ISO 8601. */
  readonly handoverCodeMade?: { readonly by: string; readonly at: string } | undefined;
  /** Wrong codes since it was made or opened again. */
  readonly handoverTries?: number | undefined;
  /** The signed form of one who has no e-mail. */
  readonly paper?: PaperConsent | undefined;
}

/** A form that was signed on paper, as one person read it; it counts once a second person has confirmed it (CS3). */
export interface PaperConsent {
  /** Consent id to the version that was signed. */
  readonly consents: Readonly<Record<string, string>>;
  /** The name under the signature. */
  readonly signedBy: string;
  /** The date beside it: `2027-10-01`. */
  readonly signedOn: string;
  /** The number for an emergency. */
  readonly phone?: string | undefined;
  /** A member; see `shared/kernel/dynamo/member-id.store.ts`. */
  readonly recordedBy: string;
  /** ISO 8601. */
  readonly recordedAt: string;
  readonly confirmedBy?: string | undefined;
  readonly confirmedAt?: string | undefined;
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

/** Judges the number at which a guardian can be reached in an emergency: there has to be one. */
export const checkEmergencyPhone = (typed: string): Checked<string> =>
  typed.trim() === '' ? refuse('required') : checkPhone(typed);

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

/** Grapheme clusters. */
const LONGEST_NAME = 100;

/**
 * Judges what someone read on a signed form.
 *
 * @param today in the event's time zone: `2027-10-01`
 */
export function checkPaper(
  event: EventDefinition<string>,
  sent: Pick<PaperConsent, 'consents' | 'signedBy' | 'signedOn'> & { readonly phone: string },
  today: string,
): Pick<PaperConsent, 'consents' | 'signedBy' | 'signedOn' | 'phone'> | { readonly issues: readonly FieldIssue[] } {
  const { agreed, issues } = checkGuardianConsents(event, sent.consents);
  const signedBy = cleanText(sent.signedBy, { max: LONGEST_NAME, letters: true });
  const phone = checkEmergencyPhone(sent.phone);
  const all: FieldIssue[] = [
    ...issues,
    ...('issue' in signedBy ? [{ path: 'signedBy', ...signedBy.issue }] : []),
    ...('value' in signedBy && signedBy.value === '' ? [{ path: 'signedBy', code: 'required' } as const] : []),
    ...('issue' in phone ? [{ path: 'phone', ...phone.issue }] : []),
    ...(sent.signedOn > today ? [{ path: 'signedOn', code: 'in-the-future' } as const] : []),
  ];
  if (all.length > 0 || 'issue' in signedBy || 'issue' in phone) return { issues: all };
  return { consents: agreed, signedBy: signedBy.value, signedOn: sent.signedOn, phone: phone.value };
}
