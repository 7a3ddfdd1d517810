import { readFileSync } from 'node:fs';
import type { EventDefinition } from '../shared/event/event.ts';
import { definitionProblems } from '../shared/event/publish/definition-problems.case.ts';
import { productLanguage } from '../shared/kernel/i18n/languages.ts';
import type { DefinitionProblem } from '../shared/kernel/text/definition-problem.ts';
import { fitToSchema } from './schema-problems.ts';
import { readYaml } from './yaml.ts';

/** Languages that an event is written in, but the site has no words of its own in: headings, buttons, mistakes. */
function languageProblems({ languages }: EventDefinition<unknown>): DefinitionProblem[] {
  return languages.flatMap((language, index) => {
    if (productLanguage(language)) return [];
    const message = `the site does not speak ${language} yet: pages in it would be shown in English`;
    return [{ path: ['languages', index], message }];
  });
}

/** Something to change in the file of an event; lines and columns count from 1. */
export interface FileProblem {
  readonly line: number;
  readonly column: number;
  /** `questions.3.when.category.0`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Nobody mends more than this at once, and finding the line of each takes time. */
const MOST_PROBLEMS = 100;

/**
 * Reads an event that is known to be right.
 *
 * @param file the path of a YAML file
 * @throws Error that names every problem with its line
 */
export function loadEvent(file: string): EventDefinition {
  const { definition, problems } = readEvent(readFileSync(file, 'utf8'));
  if (definition === undefined) throw new Error(describe(file, problems).join('\n'));
  return definition;
}

/** What is wrong with the text of an event's file, in the order of its lines; nothing where it can be published. */
export const checkEvent = (source: string): readonly FileProblem[] => readEvent(source).problems;

/**
 * The event in the text of a file, or what is wrong with it.
 *
 * @param more finds what is wrong besides
 */
export function readEvent(
  source: string,
  more: Find = () => [],
): { definition?: EventDefinition; problems: readonly FileProblem[] } {
  const yaml = readYaml(source);
  if (yaml.problems.length > 0) return { problems: inOrder(yaml.problems.map((each) => ({ ...each, path: '' }))) };
  const fitted = fitToSchema(yaml.value);
  const problems = fitted.definition ? [...problemsIn(fitted.definition), ...more(fitted.definition)] : fitted.problems;
  if (problems.length === 0 && fitted.definition) return { definition: fitted.definition, problems: [] };
  const first = problems.slice(0, MOST_PROBLEMS);
  return {
    problems: inOrder(first.map(({ path, message }) => ({ ...yaml.positionOf(path), path: path.join('.'), message }))),
  };
}

type Find = (definition: EventDefinition) => readonly DefinitionProblem[];

const problemsIn = (definition: EventDefinition) => [
  ...languageProblems(definition),
  ...definitionProblems(definition),
];

const inOrder = (problems: readonly FileProblem[]): FileProblem[] =>
  [...problems].sort((a, b) => a.line - b.line || a.column - b.column).slice(0, MOST_PROBLEMS);

/** One line for each problem, in the notation that editors turn into links. */
export function describe(file: string, problems: readonly FileProblem[]): string[] {
  return problems.map(
    ({ line, column, path, message }) => `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}`,
  );
}
