import type { OwnCountries } from '../kernel/text/countries.ts';
import type { FeedbackQuestion } from './definition/feedback-rules.ts';
import type { CallableNumber, Consent, EventDefinition, LocalText, Option, SafeguardingContact } from './event.ts';
import { openModes } from './event-standing.ts';

/** The words of an event in one language, by key: `categories.media.title` to `Media`. */
export type EventTexts = Readonly<Record<string, string>>;

/**
 * Takes an authored event apart: its rules, in which a key stands for each text, and the words of each language.
 * Ids must be unique within their list (`definitionProblems` says where they are not).
 */
export function splitTexts(definition: EventDefinition<LocalText>): {
  rules: EventDefinition<string>;
  texts: Record<string, EventTexts>;
} {
  const words = new Map(definition.languages.map((language) => [language, new Map<string, string>()]));
  const rules = mapTexts(definition, (text, { key }) => {
    for (const [language, wording] of Object.entries(text)) words.get(language)?.set(key, wording);
    return key;
  });
  const texts = Object.fromEntries([...words].map(([language, byKey]) => [language, Object.fromEntries(byKey)]));
  return { rules, texts };
}

/** Puts an authored event together again from what `splitTexts` made of it. @throws Error when a word is missing */
export function joinTexts(
  rules: EventDefinition<string>,
  texts: Readonly<Record<string, EventTexts>>,
): EventDefinition<LocalText> {
  return mapTexts(rules, (key) =>
    Object.fromEntries(rules.languages.map((language) => [language, wordIn(texts[language] ?? {}, key, rules)])),
  );
}

/**
 * Puts the words of a language back in the place of their keys. An event that can be published has all its words in
 * each of its languages; for those that are missing all the same, its readers take `standInTexts`. Ways to take part that an event
 * has lost are left out: its readers offer the others only.
 *
 * @throws Error when a word is missing: the words are not those of these rules
 */
export function localise(rules: EventDefinition<string>, texts: EventTexts): EventDefinition<string> {
  const event = mapTexts(rules, (key) => wordIn(texts, key, rules));
  return { ...event, modes: openModes(event) };
}

/** The words that a language of an event has to have, and has not, by key. */
export function missingTexts(rules: EventDefinition<string>, texts: EventTexts): readonly string[] {
  const missing: string[] = [];
  mapTexts(rules, (key) => {
    if (!Object.hasOwn(texts, key)) missing.push(key);
    return key;
  });
  return missing;
}

/**
 * What stands in for words that a language lacks: English, else the first language of the event that has them; the key where none has.
 *
 * @param texts of the event's other languages, as far as they are known
 */
export function standInTexts(
  missing: readonly string[],
  { languages }: EventDefinition<string>,
  texts: Readonly<Record<string, EventTexts>>,
): EventTexts {
  const others = inOrderOfFallback(languages).map((language) => texts[language] ?? {});
  return Object.fromEntries(
    missing.map((key) => [key, others.find((words) => Object.hasOwn(words, key))?.[key] ?? key]),
  );
}

/** The languages of an event: English first, as what most readers of another understand. */
export const inOrderOfFallback = (languages: readonly string[]): readonly string[] => [
  ...languages.filter((language) => language === 'en'),
  ...languages.filter((language) => language !== 'en'),
];

function wordIn(texts: EventTexts, key: string, { id }: EventDefinition<string>): string {
  const text = texts[key];
  if (text === undefined) throw new Error(`there are no words for ${key} of "${id}"`);
  return text;
}

/** Where a text stands in an event. */
export interface TextPlace {
  /** By ids, so that it survives reordering: `categories.media.title`, `about.why.paragraphs.0`. */
  readonly key: string;
  /** By positions, as the document is written: `['categories', 7, 'title']`. */
  readonly path: readonly (string | number)[];
}

/**
 * The same event with each text converted, and nothing else touched.
 *
 * Every text is named here, so none is ever guessed from its look (`id` and `my` are languages as well as property
 * names); one that were forgotten would not compile, because its type would still be `A`.
 */
export function mapTexts<A, B>(
  event: EventDefinition<A>,
  convert: (text: A, place: TextPlace) => B,
): EventDefinition<B> {
  const list = (texts: readonly A[], place: TextPlace): B[] =>
    texts.map((text, index) => convert(text, step(place, String(index), index)));
  const optional = <Name extends string>(name: Name, text: A | undefined, here: Locate) =>
    (text === undefined ? {} : { [name]: convert(text, here(name)) }) as { [name in Name]?: B };
  const here = locate({ key: '', path: [] });
  const consent = ({ youngPoints, ...asked }: Consent<A>, here: Locate): Consent<B> => ({
    ...asked,
    title: convert(asked.title, here('title')),
    agreement: convert(asked.agreement, here('agreement')),
    points: list(asked.points, here('points')),
    ...(youngPoints !== undefined && { youngPoints: list(youngPoints, here('youngPoints')) }),
  });
  const offered = (options: readonly Option<A>[] | undefined, here: Locate) =>
    options === undefined
      ? {}
      : {
          options: each(options, here('options'), (option, here) => ({
            ...option,
            title: convert(option.title, here('title')),
          })),
        };
  const feedbackQuestion = (
    { hint, options, ...question }: FeedbackQuestion<A>,
    here: Locate,
  ): FeedbackQuestion<B> => ({
    ...question,
    title: convert(question.title, here('title')),
    ...optional('hint', hint, here),
    ...offered(options, here),
  });
  const callable = (numbers: readonly CallableNumber<A>[] | undefined, name: string, here: Locate) =>
    numbers && {
      [name]: each(numbers, here(name), (number, here) => ({ ...number, title: convert(number.title, here('title')) })),
    };
  const contact = (
    { deputy, emergencyNumbers, helplines, ...rest }: SafeguardingContact<A>,
    here: Locate,
  ): SafeguardingContact<B> => ({
    ...rest,
    name: convert(rest.name, here('name')),
    ...(deputy && { deputy: { ...deputy, name: convert(deputy.name, locate(here('deputy'))('name')) } }),
    ...callable(emergencyNumbers, 'emergencyNumbers', here),
    ...callable(helplines, 'helplines', here),
  });
  const places = (named: OwnCountries<A>['added'], name: 'renamed' | 'added') => {
    const at = locate(here('countries'))(name);
    return (
      named && {
        [name]: named.map(({ code, title }, index) => ({
          code,
          title: convert(title, locate(step(at, code, index))('title')),
        })),
      }
    );
  };
  const { shortTitle, safeguarding, declineReasons, countries, minors, feedback, ...rest } = event;

  return {
    ...rest,
    title: convert(event.title, here('title')),
    ...optional('shortTitle', shortTitle, here),
    tagline: convert(event.tagline, here('tagline')),
    about: each(event.about, here('about'), (section, here) => ({
      ...section,
      title: convert(section.title, here('title')),
      paragraphs: list(section.paragraphs, here('paragraphs')),
      points: list(section.points, here('points')),
    })),
    host: convert(event.host, here('host')),
    supporters: each(event.supporters, here('supporters'), (supporter, here) => ({
      ...supporter,
      title: convert(supporter.title, here('title')),
    })),
    secretariat: {
      ...event.secretariat,
      name: convert(event.secretariat.name, locate(here('secretariat'))('name')),
    },
    ...(safeguarding !== undefined && { safeguarding: contact(safeguarding, locate(here('safeguarding'))) }),
    days: each(event.days, here('days'), (day, here) => ({ ...day, title: convert(day.title, here('title')) })),
    venue: {
      ...event.venue,
      name: convert(event.venue.name, locate(here('venue'))('name')),
      address: convert(event.venue.address, locate(here('venue'))('address')),
    },
    modes: each(event.modes, here('modes'), ({ hint, ...mode }, here) => ({
      ...mode,
      title: convert(mode.title, here('title')),
      ...optional('hint', hint, here),
    })),
    ...(declineReasons !== undefined && {
      declineReasons: each(declineReasons, here('declineReasons'), (reason, here) => ({
        ...reason,
        title: convert(reason.title, here('title')),
      })),
    }),
    categories: each(event.categories, here('categories'), ({ hint, ...category }, here) => ({
      ...category,
      title: convert(category.title, here('title')),
      ...optional('hint', hint, here),
    })),
    ...(countries !== undefined && {
      countries: {
        ...places(countries.renamed, 'renamed'),
        ...places(countries.added, 'added'),
        ...(countries.leftOut && { leftOut: countries.leftOut }),
      },
    }),
    featuredCountries: {
      ...event.featuredCountries,
      title: convert(event.featuredCountries.title, locate(here('featuredCountries'))('title')),
    },
    questions: each(event.questions, here('questions'), ({ hint, options, ...question }, here) => ({
      ...question,
      title: convert(question.title, here('title')),
      ...optional('hint', hint, here),
      ...offered(options, here),
    })),
    quotas: each(event.quotas, here('quotas'), (quota, here) => ({
      ...quota,
      title: convert(quota.title, here('title')),
    })),
    sessions: each(event.sessions, here('sessions'), ({ abstract, room, ...session }, here) => ({
      ...session,
      title: convert(session.title, here('title')),
      ...optional('abstract', abstract, here),
      ...optional('room', room, here),
    })),
    consents: each(event.consents, here('consents'), consent),
    ...(minors !== undefined && {
      minors: { ...minors, consents: each(minors.consents, locate(here('minors'))('consents'), consent) },
    }),
    ...(feedback !== undefined && {
      feedback: {
        ...feedback,
        session: each(feedback.session, locate(here('feedback'))('session'), feedbackQuestion),
        event: each(feedback.event, locate(here('feedback'))('event'), feedbackQuestion),
      },
    }),
    resources: each(event.resources, here('resources'), (resource, here) => ({
      ...resource,
      title: convert(resource.title, here('title')),
    })),
  };
}

/** Names a place inside another. */
type Locate = (name: string) => TextPlace;

const locate =
  (parent: TextPlace): Locate =>
  (name) =>
    step(parent, name, name);

function step(parent: TextPlace, name: string, position: string | number): TextPlace {
  return { key: parent.key === '' ? name : `${parent.key}.${name}`, path: [...parent.path, position] };
}

function each<Item extends { readonly id: string }, Out>(
  items: readonly Item[],
  place: TextPlace,
  map: (item: Item, here: Locate) => Out,
): Out[] {
  return items.map((item, index) => map(item, locate(step(place, item.id, index))));
}
