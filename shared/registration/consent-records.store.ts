import { hashConsent } from '../event/consent-words.store.ts';
import type { ConsentGiver } from '../event/consents.ts';
import type { Consent, EventDefinition } from '../event/event.ts';
import type { ConsentRecords, Registration } from './registration.schema.ts';

type Given = Readonly<Record<string, string>>;

/**
 * A registration with a record of each consent that is given by this change: which words, and when (PW2). The record of one that was given
 * before stays as long as it names the same version. Nothing is recorded of a consent that the event asks in another version: nobody was
 * shown it.
 *
 * @param event in the language in which it was shown
 */
export function withConsentRecords(
  event: Pick<EventDefinition<string>, 'consents' | 'minors'>,
  before: Registration | undefined,
  after: Registration,
): Registration {
  const isYoung = after.ageBand === 'minor';
  const consentsGiven = records(event.consents, {
    ...{ isYoung, at: after.changedAt },
    was: { given: before?.consents ?? {}, records: before?.consentsGiven ?? {} },
    given: after.consents,
  });
  const { minor } = after;
  const guardianConsentsGiven =
    minor?.guardianConsents &&
    records(event.minors?.consents ?? [], {
      ...{ isYoung: false, at: after.changedAt },
      was: { given: before?.minor?.guardianConsents ?? {}, records: before?.minor?.guardianConsentsGiven ?? {} },
      given: minor.guardianConsents,
    });
  const { consentsGiven: _, ...rest } = after;
  return {
    ...rest,
    ...(consentsGiven && { consentsGiven }),
    ...(minor && { minor: { ...minor, guardianConsentsGiven } }),
  };
}

interface Giving {
  readonly isYoung: boolean;
  readonly at: string;
  readonly was: { readonly given: Given; readonly records: ConsentRecords };
  readonly given: Given;
}

function records(asked: readonly Consent<string>[], { isYoung, at, was, given }: Giving): ConsentRecords | undefined {
  const entries = Object.entries(given).flatMap(([id, version]) => {
    const known = was.records[id];
    if (was.given[id] === version) return known ? [[id, known] as const] : [];
    const consent = asked.find((each) => each.id === id && each.version === version);
    return consent ? [[id, { hash: hashConsent(consent, isYoung), at }] as const] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** A consent that was given, with the words that were agreed to. */
export interface GivenConsent {
  readonly of: ConsentGiver;
  readonly id: string;
  readonly version: string;
  /** Absent of one that was given before records were kept. */
  readonly record: ConsentRecords[string] | undefined;
}

/** All that was agreed to about a registration, of the person first. */
export function givenConsents({ consents, consentsGiven = {}, minor }: Registration): readonly GivenConsent[] {
  const { guardianConsents = {}, guardianConsentsGiven = {} } = minor ?? {};
  const all = (of: ConsentGiver, given: Given, kept: ConsentRecords) =>
    Object.entries(given).map(([id, version]) => ({ of, id, version, record: kept[id] }));
  return [...all('attendee', consents, consentsGiven), ...all('guardian', guardianConsents, guardianConsentsGiven)];
}
