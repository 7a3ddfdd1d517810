import { isCountry } from '../../kernel/text/countries.ts';
import { unknownCountries, unknownCountry } from '../../kernel/text/country-problems.ts';
import type { DefinitionProblem, Path } from '../../kernel/text/definition-problem.ts';
import type { EventDefinition, LocalText, Question } from '../event.ts';
import { mapTexts } from '../map-texts.ts';
import { conditionProblems } from './condition-problems.ts';
import { timeProblems } from './time-problems.ts';

/** Keys and positions, from the document's root: `['questions', 3, 'when', 'category', 0]`. */

/** What is wrong with the parts of a definition that the event's own rules read: everything that one field alone cannot show. */
export function eventProblems(definition: EventDefinition<LocalText>): DefinitionProblem[] {
  return [
    ...textProblems(definition),
    ...duplicates(definition),
    ...countryProblems(definition),
    ...questionProblems(definition),
    ...conditionProblems(definition),
    ...quotaProblems(definition),
    ...sessionProblems(definition),
    ...timeProblems(definition),
    ...statusProblems(definition),
    ...minorProblems(definition),
  ];
}

/** Texts that stand in the headers of each mail, which take no control character: no mail of the event would ever leave. */
const IN_HEADERS = ['title', 'secretariat.name'];
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

function textProblems(definition: EventDefinition<LocalText>): DefinitionProblem[] {
  const { languages } = definition;
  const problems: DefinitionProblem[] = [];
  mapTexts(definition, (text, { key, path }) => {
    const lacking = languages.filter((language) => !Object.hasOwn(text, language));
    if (lacking.length > 0) problems.push({ path, message: `lacks the language ${lacking.join(', ')}` });
    for (const [language, wording] of Object.entries(text)) {
      const at = [...path, language];
      if (!languages.includes(language)) problems.push({ path: at, message: `"${language}" is not in languages` });
      if (wording.trim() === '') problems.push({ path: at, message: 'is blank' });
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

function repeatedIds(items: readonly { readonly id: string }[], path: Path): DefinitionProblem[] {
  return repeated(
    items.map(({ id }) => id),
    path,
    ['id'],
  );
}

function statusProblems({ status, modes }: EventDefinition<unknown>): DefinitionProblem[] {
  const lacks = status === 'moved-online' && !modes.some(({ id }) => id === 'online');
  return lacks ? [{ path: ['status'], message: 'an event that has moved online needs the mode "online"' }] : [];
}

function countryProblems({ venue, featuredCountries, categories }: EventDefinition<unknown>): DefinitionProblem[] {
  return [
    ...(isCountry(venue.country) ? [] : [unknownCountry(venue.country, ['venue', 'country'])]),
    ...unknownCountries(featuredCountries.codes, ['featuredCountries', 'codes']),
    ...categories.flatMap(({ countries = [] }, index) =>
      unknownCountries(countries, ['categories', index, 'countries']),
    ),
  ];
}

/** A group without seats would be shut out. */
function quotaProblems({ quotas }: EventDefinition<unknown>): DefinitionProblem[] {
  return quotas.flatMap(({ per, capacity }, index) =>
    per !== undefined && capacity < 1 ? [{ path: ['quotas', index, 'capacity'], message: 'is at least 1' }] : [],
  );
}

function sessionProblems({ sessions, categories }: EventDefinition<unknown>): DefinitionProblem[] {
  return sessions.flatMap(({ audience = [] }, session) =>
    audience.flatMap((id, index) =>
      categories.some((category) => category.id === id)
        ? []
        : [{ path: ['sessions', session, 'audience', index], message: `there is no category "${id}"` }],
    ),
  );
}

function questionProblems({ questions }: EventDefinition<unknown>): DefinitionProblem[] {
  return questions.flatMap((question, index) => {
    const problems: DefinitionProblem[] = [];
    const path = ['questions', index];
    const isChoice = CHOICES.includes(question.type);
    if (isChoice && question.options === undefined) {
      problems.push({ path, message: `a ${question.type} question needs options` });
    }
    if (!isChoice && question.options !== undefined) {
      problems.push({ path: [...path, 'options'], message: `a ${question.type} question takes no options` });
    }
    if (question.max !== undefined && !LIMITED.includes(question.type)) {
      problems.push({ path: [...path, 'max'], message: `a ${question.type} question takes no max` });
    }
    if (question.later && !question.care) {
      problems.push({ path: [...path, 'later'], message: 'only what should be arranged ("care") is asked later' });
    }
    return problems;
  });
}

const CHOICES: readonly Question['type'][] = ['choice', 'multi-choice'];
const LIMITED: readonly Question['type'][] = ['text', 'long-text', 'number'];

/** Without someone to turn to, anything to agree to, and a group to belong to, no child should be asked to come. */
function minorProblems({ minors, safeguarding, categories }: EventDefinition<unknown>): DefinitionProblem[] {
  if (minors === undefined) {
    return categories.flatMap((category, index) =>
      category.minors
        ? [{ path: ['categories', index, 'minors'], message: 'people under 18 cannot register without "minors"' }]
        : [],
    );
  }
  return [
    ...(categories.some((category) => category.minors)
      ? []
      : [{ path: ['minors'], message: 'needs a category that is for people under 18 too ("minors: true")' }]),
    ...(safeguarding === undefined
      ? [{ path: ['minors'], message: 'needs a safeguarding focal point in "safeguarding"' }]
      : []),
    ...(minors.consents.some(({ required }) => required)
      ? []
      : [{ path: ['minors', 'consents'], message: 'needs one that is required' }]),
  ];
}
