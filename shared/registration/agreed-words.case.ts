import { consentWordsKey, fromConsentWordsItem, hashConsent, wordsOfHash } from '../event/consent-words.store.ts';
import type { ConsentWording } from '../event/consents.schema.ts';
import { countsFor } from '../event/consents.ts';
import type { EventDefinition } from '../event/event.ts';
import { readItem } from '../kernel/dynamo/queries.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { type GivenConsent, givenConsents } from './consent-records.store.ts';
import type { Registration } from './registration.schema.ts';
import type { AgreedConsent } from './self-service.schema.ts';

type Deps = Needs<'client'> & { readonly tables: { readonly registry: string } };

/**
 * All that was agreed to about a registration, in the words that were agreed to (PW2). Where these are the words of today in this language,
 * nothing is read; else one item.
 *
 * @param event in the language of the page
 */
export async function agreedWords(
  deps: Deps,
  event: EventDefinition<string>,
  registration: Registration,
): Promise<readonly AgreedConsent[]> {
  const given = givenConsents(registration);
  const isYoung = registration.ageBand === 'minor';
  const isToday = (each: GivenConsent): boolean => todayWords(event, each, isYoung) !== undefined;
  const kept = given.every(isToday)
    ? []
    : fromConsentWordsItem(await readItem(deps.client, deps.tables.registry, consentWordsKey(event.id)));
  return given.map((each) => {
    const isYoungs = isYoung && each.of === 'attendee';
    const words = todayWords(event, each, isYoung) ?? keptWords(kept, each, isYoungs, registration.language);
    const asked = askedNow(event, each);
    const { of, id, version, record } = each;
    return {
      ...{ of, id, version, counts: asked !== undefined && countsFor(asked, version) },
      ...(record && { at: record.at, hash: record.hash }),
      ...(words && {
        words: {
          title: words.title,
          agreement: words.agreement,
          points: (isYoungs && words.youngPoints) || words.points,
        },
      }),
    };
  });
}

const askedNow = ({ consents, minors }: EventDefinition<string>, { of, id }: GivenConsent) =>
  (of === 'attendee' ? consents : minors?.consents)?.find((each) => each.id === id);

/** The words of the event's page, if they are what was agreed to. */
function todayWords(event: EventDefinition<string>, given: GivenConsent, isYoung: boolean) {
  const asked = askedNow(event, given);
  if (asked === undefined || asked.version !== given.version) return undefined;
  const isSame = given.record?.hash === hashConsent(asked, isYoung && given.of === 'attendee');
  return given.record === undefined || isSame ? asked : undefined;
}

/** Of one that was given before hashes were kept, the words of that version, if they were. */
const keptWords = (
  kept: readonly ConsentWording[],
  { of, id, version, record }: GivenConsent,
  isYoung: boolean,
  language: string,
): ConsentWording | undefined => {
  if (record) return wordsOfHash(kept, { of, id, hash: record.hash, isYoung });
  const named = kept.filter((each) => each.of === of && each.id === id && each.version === version);
  return named.find((each) => each.language === language) ?? named[0];
};
