import { isCanary } from '../../kernel/canary.ts';
import {
  ANOTHER_PLACE,
  COUNTRY_CODES,
  countryNames,
  isCountry,
  isOwnCode,
  isPlace,
  namesIn,
  type OwnCountries,
  unknownCountries,
  unknownCountry,
} from '../../kernel/text/countries.ts';
import { type DefinitionProblem, type Path, type Unfit, unfit } from '../../kernel/text/field-problem.ts';
import { nameIdentity } from '../../kernel/text/text.ts';
import { localDate } from '../../kernel/text/zoned-time.ts';
import { isForSameReaders } from '../answer-readers.ts';
import type { Condition } from '../condition.ts';
import type { EventDefinition, LocalText, Question } from '../event.ts';
import { mapTexts } from '../event-texts.ts';
import { QUESTION_TYPES } from '../questions.ts';
import { signUpSessions } from '../sessions.ts';

/** Conditions that name what the event does not have, or an answer that is not known yet. */
function questionConditionProblems(definition: EventDefinition<unknown>): DefinitionProblem[] {
  const { questions } = definition;
  return questions.flatMap((question, index) =>
    inCondition(definition, question.when, ['questions', index, 'when'], seenBy(question, questions.slice(0, index))),
  );
}

function quotaConditionProblems(definition: EventDefinition<unknown>): DefinitionProblem[] {
  const { questions, quotas } = definition;
  // Care answers are kept apart: what counts seats does not see them. Seats would tell everyone what was answered for some.
  const counted = questions.filter(({ care, readers }) => !care && readers === undefined);
  return quotas.flatMap(({ when }, index) => inCondition(definition, when, ['quotas', index, 'when'], counted));
}

/** Care answers are not seen where others are amended, those that come later not in the form, and those of some readers not by others. */
const seenBy = (question: Question<unknown>, earlier: readonly Question<unknown>[]) =>
  earlier
    .filter((each) => (question.care || !each.care) && (question.later || !each.later))
    .filter((each) => isForSameReaders(question, each));

function inCondition(
  definition: EventDefinition<unknown>,
  condition: Condition | undefined,
  path: Path,
  answered: readonly Question<unknown>[],
): DefinitionProblem[] {
  if (condition === undefined) return [];
  const inside = (each: Condition, at: Path) => inCondition(definition, each, at, answered);
  if ('all' in condition) return condition.all.flatMap((each, index) => inside(each, [...path, 'all', index]));
  if ('any' in condition) return condition.any.flatMap((each, index) => inside(each, [...path, 'any', index]));
  if ('not' in condition) return inside(condition.not, [...path, 'not']);
  if ('category' in condition) return unknownIds(condition.category, definition.categories, 'category', path);
  if ('mode' in condition) return unknownIds(condition.mode, definition.modes, 'mode', path);
  if ('session' in condition) return unknownIds(condition.session, signUpSessions(definition), 'session', path);
  if ('country' in condition) {
    return unknownCountries(condition.country, [...path, 'country'], definition.countries);
  }
  return inAnswer(definition, condition, path, answered);
}

function unknownIds(
  ids: readonly string[],
  known: readonly { readonly id: string }[],
  what: 'category' | 'mode' | 'session',
  path: Path,
): DefinitionProblem[] {
  const names = known.map(({ id }) => id);
  const why = (id: string): Unfit =>
    names.length === 0 ? unfit('no-sign-up', { id }) : unfit(`no-${what}`, { id, known: names.join(', ') });
  return ids.flatMap((id, index) =>
    names.includes(id) ? [] : [{ path: [...path, what, index], unfit: why(id), known: names }],
  );
}

function inAnswer(
  definition: EventDefinition<unknown>,
  condition: { readonly question: string; readonly in: readonly string[] },
  path: Path,
  answered: readonly Question<unknown>[],
): DefinitionProblem[] {
  const question = answered.find(({ id }) => id === condition.question);
  if (question === undefined) {
    const known = answered.map(({ id }) => id);
    return [{ path: [...path, 'question'], message: whyNotAnswered(definition, condition.question), known }];
  }
  const possible = possibleAnswers(question);
  if (possible === undefined) return [];
  return condition.in.flatMap((answer, index) => {
    const message = `"${answer}" is no answer to "${question.id}"; there are ${possible.join(', ')}`;
    return possible.includes(answer) ? [] : [{ path: [...path, 'in', index], message, known: possible }];
  });
}

function whyNotAnswered({ questions }: EventDefinition<unknown>, id: string): string {
  const asked = questions.find((each) => each.id === id);
  if (asked === undefined) return `there is no question "${id}"`;
  if (asked.readers)
    return `"${id}" has readers of its own: only a question for none but them may depend on it, and no quota`;
  return asked.care
    ? `what is answered to "${id}" is kept apart: only what is asked after it, and arranged like it, may depend on it`
    : `"${id}" must be asked before the question that depends on it`;
}

/** Nothing for questions that take any answer. */
const possibleAnswers = ({ type, options }: Question<unknown>): readonly string[] | undefined =>
  QUESTION_TYPES[type].answers ?? options?.map(({ id }) => id);

const idProblems = ({ id, questions, feedback }: EventDefinition<unknown>): DefinitionProblem[] => [
  ...(isCanary(id) ? [{ path: ['id'], message: 'is that of the event in which the system tries itself' }] : []),
  ...wordsOfPrograms(questions, ['questions']),
  ...(['session', 'event'] as const).flatMap((form) => wordsOfPrograms(feedback?.[form] ?? [], ['feedback', form])),
];

/** Answers are kept by ids: every object of a program has something by these names, which nobody answered. */
const wordsOfPrograms = (questions: readonly { readonly id: string }[], path: Path): DefinitionProblem[] =>
  questions.flatMap(({ id }, index) =>
    id in {} ? [{ path: [...path, index, 'id'], message: 'is a word of programs: write another' }] : [],
  );

/** Texts that stand in the headers of each mail, which take no control character: no mail of the event would ever leave. */
const IN_HEADERS = ['title', 'shortTitle', 'secretariat.name'];
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

function textProblems(definition: EventDefinition<LocalText>): DefinitionProblem[] {
  const { languages } = definition;
  const problems: DefinitionProblem[] = [];
  mapTexts(definition, (text, { key, path }) => {
    const lacking = languages.filter((language) => !Object.hasOwn(text, language));
    if (lacking.length > 0) problems.push({ path, unfit: unfit('text-lacks', { languages: lacking.join(', ') }) });
    for (const [language, wording] of Object.entries(text)) {
      const at = [...path, language];
      if (!languages.includes(language)) problems.push({ path: at, unfit: unfit('text-language', { language }) });
      if (wording.trim() === '') problems.push({ path: at, unfit: unfit('text-blank') });
      if (IN_HEADERS.includes(key) && CONTROL.test(wording)) {
        problems.push({ path: at, message: 'has a line break or another control character, and no mail header may' });
      }
    }
  });
  return problems;
}

function duplicates(definition: EventDefinition<LocalText>): DefinitionProblem[] {
  const { about, supporters, days, modes, categories, questions, quotas, sessions, consents, resources } = definition;
  const lists = { about, supporters, days, modes, categories, questions, quotas, sessions, consents, resources };
  return [
    ...repeated(definition.languages, ['languages']),
    ...repeated(definition.featuredCountries.codes, ['featuredCountries', 'codes']),
    ...categories.flatMap(({ countries = [] }, index) => repeated(countries, ['categories', index, 'countries'])),
    ...Object.entries(lists).flatMap(([name, items]) => repeatedIds(items, [name])),
    ...questions.flatMap(({ options = [] }, index) => repeatedIds(options, ['questions', index, 'options'])),
    ...repeatedIds(definition.declineReasons ?? [], ['declineReasons']),
    ...repeatedIds(definition.minors?.consents ?? [], ['minors', 'consents']),
    ...(['emergencyNumbers', 'helplines'] as const).flatMap((name) =>
      repeatedIds(definition.safeguarding?.[name] ?? [], ['safeguarding', name]),
    ),
  ];
}

function repeated(values: readonly string[], path: Path, field: readonly string[] = []): DefinitionProblem[] {
  return values.flatMap((value, index) => {
    const isFirst = values.indexOf(value) === index;
    return isFirst ? [] : [{ path: [...path, index, ...field], message: `"${value}" is there already` }];
  });
}

/** Ids that a list has twice. */
export function repeatedIds(items: readonly { readonly id: string }[], path: Path): DefinitionProblem[] {
  return repeated(
    items.map(({ id }) => id),
    path,
    ['id'],
  );
}

function statusProblems({ status, modes }: EventDefinition<unknown>): DefinitionProblem[] {
  const lacks = status === 'moved-online' && !modes.some(({ id }) => id === 'online');
  return lacks ? [{ path: ['status'], unfit: unfit('needs-online') }] : [];
}

function countryProblems(definition: EventDefinition<LocalText>): DefinitionProblem[] {
  const { venue, countries: own, featuredCountries, categories } = definition;
  const featured = ['featuredCountries', 'codes'];
  return [
    ...(isCountry(venue.country) ? [] : [unknownCountry(venue.country, ['venue', 'country'])]),
    ...ownCountryProblems(own),
    ...ownNameProblems(own),
    ...unknownCountries(featuredCountries.codes, featured, own),
    ...leftOutProblems(featuredCountries.codes, featured, own),
    ...categories.flatMap(({ countries = [] }, index) => {
      const path = ['categories', index, 'countries'];
      return [...unknownCountries(countries, path, own), ...leftOutProblems(countries, path, own)];
    }),
  ];
}

/** A name for what has none; a code that is or may become another's; and what cannot be left out. */
function ownCountryProblems({
  renamed = [],
  added = [],
  leftOut = [],
}: OwnCountries<unknown> = {}): DefinitionProblem[] {
  const at = (name: string): Path => ['countries', name];
  return [
    ...repeated(
      renamed.map(({ code }) => code),
      at('renamed'),
      ['code'],
    ),
    ...repeated(
      added.map(({ code }) => code),
      at('added'),
      ['code'],
    ),
    ...repeated(leftOut, at('leftOut')),
    ...renamed.flatMap(({ code }, index) =>
      isPlace(code) ? [] : [unknownCountry(code, [...at('renamed'), index, 'code'])],
    ),
    ...added.flatMap(({ code }, index) => {
      const message = `"${code}" is a country's, or may become one: what is added takes AA, QM to QZ, or XA to XZ but XK`;
      return isOwnCode(code) ? [] : [{ path: [...at('added'), index, 'code'], message }];
    }),
    ...leftOut.flatMap((code, index) =>
      code === ANOTHER_PLACE
        ? [{ path: [...at('leftOut'), index], message: `"${code}", another place, is always offered` }]
        : unknownCountries([code], at('leftOut'), { added }).map((problem) => ({
            ...problem,
            path: [...at('leftOut'), index],
          })),
    ),
  ];
}

/** A person who reads a name of two places, or a table that says it, could mean either. Of two that are added, the later one is wrong. */
function ownNameProblems(own: OwnCountries<LocalText> = {}): DefinitionProblem[] {
  const { renamed = [], added = [] } = own;
  const languages = new Set([...renamed, ...added].flatMap(({ title }) => Object.keys(title)));
  return [...languages].flatMap((language) => {
    const names = namesIn({ renamed }, language);
    const others = added.map(({ code, title }) => [nameIdentity(title[language] ?? ''), code] as const);
    const countries = [...COUNTRY_CODES, ANOTHER_PLACE].flatMap((code) =>
      countryNames(code, language, names).map((name) => [nameIdentity(name), code] as const),
    );
    const problemsIn = (list: 'renamed' | 'added', places: typeof added): DefinitionProblem[] =>
      places.flatMap(({ code, title }, index) => {
        const name = title[language] ?? '';
        const taken = list === 'renamed' ? countries : [...countries, ...others.slice(0, index)];
        const other = taken.find(([named, its]) => named === nameIdentity(name) && its !== code);
        const path = ['countries', list, index, 'title', language];
        return name === '' || other === undefined ? [] : [{ path, message: `"${name}" is the name of "${other[1]}"` }];
      });
    return [...problemsIn('renamed', renamed), ...problemsIn('added', added)];
  });
}

/** Nobody could choose it there. */
const leftOutProblems = (codes: readonly string[], path: Path, own: OwnCountries<unknown> = {}): DefinitionProblem[] =>
  codes.flatMap((code, index) =>
    own.leftOut?.includes(code)
      ? [{ path: [...path, index], message: `"${code}" is left out in countries.leftOut` }]
      : [],
  );

/** A group without seats would be shut out. */
function quotaProblems({ quotas }: EventDefinition<unknown>): DefinitionProblem[] {
  return quotas.flatMap(({ per, capacity }, index) =>
    per !== undefined && capacity < 1 ? [{ path: ['quotas', index, 'capacity'], unfit: unfit('quota-least') }] : [],
  );
}

function sessionProblems({ sessions, categories }: EventDefinition<unknown>): DefinitionProblem[] {
  const known = categories.map(({ id }) => id);
  return sessions.flatMap(({ audience = [], signUp, mayOverlap }, session) => [
    ...(mayOverlap && !signUp ? [{ path: ['sessions', session, 'mayOverlap'], unfit: unfit('overlap-unchosen') }] : []),
    ...audience
      .map((category, index) => ({ category, path: ['sessions', session, 'audience', index] }))
      .filter(({ category }) => !known.includes(category))
      .map(({ category, path }) => ({ path, unfit: unfit('category-unknown', { category }), known })),
  ]);
}

function questionProblems({ questions }: EventDefinition<unknown>): DefinitionProblem[] {
  return questions.flatMap((question, index) => {
    const problems: DefinitionProblem[] = [];
    const path = ['questions', index];
    const { options, isLimited } = QUESTION_TYPES[question.type];
    if (options !== undefined && question.options === undefined) {
      problems.push({ path, unfit: unfit('options-lack', { type: question.type }) });
    }
    if (options === undefined && question.options !== undefined) {
      problems.push({ path: [...path, 'options'], message: `a ${question.type} question takes no options` });
    }
    if (question.max !== undefined && !isLimited) {
      problems.push({ path: [...path, 'max'], message: `a ${question.type} question takes no max` });
    }
    if (question.later && !question.care) {
      problems.push({ path: [...path, 'later'], message: 'only what should be arranged ("care") is asked later' });
    }
    return problems;
  });
}

/** No child should be asked to come without an adult to turn to, anything to agree to, and a group to belong to. */
function minorProblems({ minors, safeguarding, categories }: EventDefinition<unknown>): DefinitionProblem[] {
  if (minors === undefined) {
    return categories.flatMap((category, index) =>
      category.minors ? [{ path: ['categories', index, 'minors'], unfit: unfit('minors-off') }] : [],
    );
  }
  return [
    ...(categories.some((category) => category.minors) ? [] : [{ path: ['minors'], unfit: unfit('minors-nobody') }]),
    ...(safeguarding === undefined
      ? [{ path: ['minors'], message: 'needs a safeguarding focal point in "safeguarding"' }]
      : []),
    ...(minors.consents.some(({ required }) => required)
      ? []
      : [{ path: ['minors', 'consents'], unfit: unfit('consents-optional') }]),
  ];
}

function dayProblems({ days }: EventDefinition<unknown>): DefinitionProblem[] {
  return days.flatMap((day, index) => {
    const problems: DefinitionProblem[] = [];
    const before = days[index - 1];
    if (before !== undefined && day.date <= before.date) {
      problems.push({ path: ['days', index, 'date'], unfit: unfit('day-before', { date: before.date }) });
    }
    if (day.end <= day.start) {
      problems.push({ path: ['days', index, 'end'], unfit: unfit('day-end', { start: day.start }) });
    }
    return problems;
  });
}

function registrationProblems({ days, registration, timeZone }: EventDefinition<unknown>): DefinitionProblem[] {
  const { opensAt, closesAt } = registration;
  const path = ['registration', 'closesAt'];
  if (Date.parse(closesAt) <= Date.parse(opensAt)) return [{ path, unfit: unfit('window-order') }];
  const lastDay = days.at(-1)?.date;
  if (lastDay !== undefined && localDate(new Date(closesAt), timeZone) > lastDay) {
    return [{ path, unfit: unfit('window-late', { day: lastDay }) }];
  }
  return [];
}

function sessionTimeProblems({ days, sessions }: EventDefinition<unknown>): DefinitionProblem[] {
  return sessions.flatMap((session, index): DefinitionProblem[] => {
    const day = days.find(({ id }) => id === session.day);
    if (day === undefined) {
      const known = days.map(({ id }) => id);
      const problem = unfit('day-unknown', { day: session.day, known: known.join(', ') });
      return [{ path: ['sessions', index, 'day'], unfit: problem, known }];
    }
    if (session.end <= session.start) {
      return [{ path: ['sessions', index, 'end'], unfit: unfit('session-order', { start: session.start }) }];
    }
    // Where the day itself is wrong, that is what has to change.
    if (day.end <= day.start) return [];
    if (session.start < day.start) {
      return [{ path: ['sessions', index, 'start'], unfit: unfit('session-early', { start: day.start }) }];
    }
    if (session.end > day.end) {
      return [{ path: ['sessions', index, 'end'], unfit: unfit('session-late', { end: day.end }) }];
    }
    return [];
  });
}

/** What is wrong with each part of a definition alone. */
export const PART_CHECKS = [textProblems, duplicates];

/** What the event's own rules find where they hold parts against one another: everything that one field alone cannot show. */
export const EVENT_CHECKS = [
  idProblems,
  countryProblems,
  questionProblems,
  questionConditionProblems,
  quotaConditionProblems,
  quotaProblems,
  sessionProblems,
  dayProblems,
  registrationProblems,
  sessionTimeProblems,
  statusProblems,
  minorProblems,
];

type MaybeRehearsal = Pick<EventDefinition<unknown>, 'rehearsal'>;

/** An event that became a rehearsal could be deleted in one press; a rehearsal that became real would have made-up people in it. */
export const rehearsalStays = (before: MaybeRehearsal, after: MaybeRehearsal): DefinitionProblem[] =>
  before.rehearsal === after.rehearsal ? [] : [{ path: ['rehearsal'], unfit: unfit('rehearsal-stays') }];
