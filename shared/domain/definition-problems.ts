import { conditionProblems } from './condition-problems.ts';
import { isCountry } from './countries.ts';
import type { DefinitionProblem, Path } from './definition-problem.ts';
import type { EventDefinition, LocalText, Question } from './event.ts';
import { mapTexts } from './map-texts.ts';
import { timeProblems } from './time-problems.ts';

/** Keys and positions, from the document's root: `['questions', 3, 'when', 'category', 0]`. */

/**
 * What is wrong with a definition that fits the schema: everything that one field alone cannot show.
 * A definition without problems can be published.
 */
export function definitionProblems(definition: EventDefinition<LocalText>): DefinitionProblem[] {
  return [
    ...textProblems(definition),
    ...duplicates(definition),
    ...countryProblems(definition),
    ...questionProblems(definition),
    ...conditionProblems(definition),
    ...timeProblems(definition),
  ];
}

function textProblems(definition: EventDefinition<LocalText>): DefinitionProblem[] {
  const { languages } = definition;
  const problems: DefinitionProblem[] = [];
  mapTexts(definition, (text, { path }) => {
    const lacking = languages.filter((language) => !Object.hasOwn(text, language));
    if (lacking.length > 0) problems.push({ path, message: `lacks the language ${lacking.join(', ')}` });
    for (const [language, wording] of Object.entries(text)) {
      const at = [...path, language];
      if (!languages.includes(language)) problems.push({ path: at, message: `"${language}" is not in languages` });
      if (wording.trim() === '') problems.push({ path: at, message: 'is blank' });
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

function countryProblems({ venue, featuredCountries, categories }: EventDefinition<unknown>): DefinitionProblem[] {
  const unknownIn = (codes: readonly string[], path: Path) =>
    codes.flatMap((code, index) => (isCountry(code) ? [] : [unknownCountry(code, [...path, index])]));
  return [
    ...(isCountry(venue.country) ? [] : [unknownCountry(venue.country, ['venue', 'country'])]),
    ...unknownIn(featuredCountries.codes, ['featuredCountries', 'codes']),
    ...categories.flatMap(({ countries = [] }, index) => unknownIn(countries, ['categories', index, 'countries'])),
  ];
}

const unknownCountry = (code: string, path: Path): DefinitionProblem => ({
  path,
  message: `"${code}" is not the ISO 3166-1 code of a country`,
});

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
    return problems;
  });
}

const CHOICES: readonly Question['type'][] = ['choice', 'multi-choice'];
const LIMITED: readonly Question['type'][] = ['text', 'long-text', 'number'];
