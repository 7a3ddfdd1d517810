import { type DefinitionProblem, unfit } from '../kernel/text/field-problem.ts';
import type { ConsentWording } from './consents.schema.ts';
import type { Consent, EventDefinition } from './event.ts';

/** Whom a consent is asked of. */
export type ConsentGiver = ConsentWording['of'];

type Asks<Text> = Pick<EventDefinition<Text>, 'consents' | 'minors'>;

const LISTS = [
  ['attendee', ['consents']],
  ['guardian', ['minors', 'consents']],
] as const;

const asked = <Text>({ consents, minors }: Asks<Text>, of: ConsentGiver): readonly Consent<Text>[] =>
  of === 'attendee' ? consents : (minors?.consents ?? []);

/** All that an event asks people to agree to, in each of its languages. */
export const consentWordings = (event: Asks<Readonly<Record<string, string>>> & Pick<EventDefinition, 'languages'>) =>
  event.languages.flatMap((language) =>
    LISTS.flatMap(([of]) => asked(event, of).map((consent) => wordingIn(consent, of, language))),
  );

function wordingIn(
  { id, version, title, agreement, points, youngPoints }: Consent,
  of: ConsentGiver,
  language: string,
): ConsentWording {
  const inLanguage = (text: Readonly<Record<string, string>>): string => text[language] ?? '';
  return {
    ...{ of, id, version, language, title: inLanguage(title), agreement: inLanguage(agreement) },
    points: points.map(inLanguage),
    ...(youngPoints && { youngPoints: youngPoints.map(inLanguage) }),
  };
}

const wordsOf = ({ title, agreement, points, youngPoints = [] }: ConsentWording): string =>
  JSON.stringify([title, agreement, points, youngPoints]);

/** Whether two of them are asked under one name: of the same people, in the same version and language. */
const isSameName = (one: ConsentWording, other: ConsentWording): boolean =>
  one.of === other.of && one.id === other.id && one.version === other.version && one.language === other.language;

/**
 * Consents whose words would be others than people agreed to under the same version (PW2). Another language may be added: nobody was asked
 * in it before.
 *
 * @param published all words that were ever published, of former versions too
 */
export const rewordedConsents = (
  published: readonly ConsentWording[],
  event: Parameters<typeof consentWordings>[0],
): readonly DefinitionProblem[] => {
  const wanted = consentWordings(event);
  return LISTS.flatMap(([of, path]) =>
    asked(event, of).flatMap(({ id, version }, index) => {
      const isReworded = wanted.some(
        (each) =>
          each.of === of &&
          each.id === id &&
          published.some((was) => isSameName(was, each) && wordsOf(was) !== wordsOf(each)),
      );
      return isReworded ? [{ path: [...path, index, 'version'], unfit: unfit('consent-words-stay', { version }) }] : [];
    }),
  );
};

/**
 * Whether a yes to some version of a consent counts for the version that is asked now: the same one, or one before it of which its author
 * says that this one means no more (PW2).
 *
 * @param given the version that was agreed to; nothing where none was
 */
export const countsFor = (
  { version, meansNoMoreThan = [] }: Pick<Consent<unknown>, 'version' | 'meansNoMoreThan'>,
  given: string | undefined,
): boolean => given !== undefined && (given === version || meansNoMoreThan.includes(given));

/** The same by the id of the consent. @param given consent id to version */
export const hasYes = (
  consent: Pick<Consent<unknown>, 'id' | 'version' | 'meansNoMoreThan'>,
  given: Readonly<Record<string, string>>,
): boolean => Object.hasOwn(given, consent.id) && countsFor(consent, given[consent.id]);

/**
 * Whether what an attendee said to a consent counts as a yes. Of a minor, their guardian has to say yes too where the guardian is asked
 * the same (CS7), and each of the two to the words of today or to those that mean as much (PW2).
 *
 * @param guardians what the guardian agreed to; nothing of adults
 */
export function isInForce(
  { minors }: Pick<EventDefinition<unknown>, 'minors'>,
  consent: Pick<Consent<unknown>, 'id' | 'version' | 'meansNoMoreThan'>,
  own: Readonly<Record<string, string>>,
  guardians: Readonly<Record<string, string>> | undefined,
): boolean {
  const shared = guardians && minors?.consents.find(({ id }) => id === consent.id);
  return hasYes(consent, own) && (!shared || hasYes(shared, guardians));
}
