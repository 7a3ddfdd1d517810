import { readFileSync } from 'node:fs';
import providers from 'email-providers/all.json' with { type: 'json' };
import { readDefinition, warningsOf, wordedProblem } from '../shared/event/definition/check-definition.case.ts';
import { type Check, MOST_PROBLEMS } from '../shared/event/definition/fit-definition.case.ts';
import type { EventDefinition } from '../shared/event/event.ts';
import type { DefinitionProblem } from '../shared/kernel/text/field-problem.ts';
import { localDate } from '../shared/kernel/text/zoned-time.ts';
import { readYaml } from './yaml.ts';

/** Something to change in the file of an event; lines and columns count from 1. */
interface FileProblem {
  readonly line: number;
  readonly column: number;
  /** `questions.3.when.category.0`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  /** What the file says there, where that is short. */
  readonly value?: string | undefined;
}

/**
 * Reads an event that is known to be right.
 *
 * @param file the path of a YAML file
 * @param warn is told each warning with its line
 * @throws Error that names every problem with its line
 */
export function loadEvent(file: string, warn: (line: string) => void = () => undefined): EventDefinition {
  const { definition, problems, warnings } = readEvent(textOf(file));
  if (definition === undefined) throw new Error(describe(file, problems).join('\n'));
  for (const line of describe(file, warnings, 'warning: ')) warn(line);
  return definition;
}

/** @throws Error that names a file that cannot be read, and says why */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const why = { ENOENT: 'there is no such file', EISDIR: 'is a folder: name the file in it' }[code] ?? message;
    throw new Error(`${file}: ${why}`);
  }
}

/** What is wrong with the text of an event's file, in the order of its lines; nothing where it can be published. */
export const checkEvent = (source: string): readonly FileProblem[] => readEvent(source).problems;

/**
 * The event in the text of a file, or what is wrong with it.
 *
 * @param more finds what is wrong besides
 */
export function readEvent(source: string, more: readonly Check[] = []): ReadEvent {
  const yaml = readYaml(source);
  if (yaml.problems.length > 0)
    return { problems: inOrder(yaml.problems.map((each) => ({ ...each, path: '' }))), warnings: [] };
  const { definition, problems } = readDefinition(yaml.value, more);
  const placed = (found: readonly DefinitionProblem[]) =>
    inOrder(
      found.slice(0, MOST_PROBLEMS).map((problem) => {
        const { path } = problem;
        const value = path.reduce<unknown>((inside, step) => Object(inside)[step], yaml.value);
        const message = wordedProblem(problem, yaml.value);
        return { ...yaml.positionOf(path), path: path.join('.'), message, value: shown(value) };
      }),
    );
  const unlikely = definition ? [...dayWarnings(definition), ...warningsOf(definition, providers)] : [];
  return { ...(definition && { definition }), problems: placed(problems), warnings: placed(unlikely) };
}

interface ReadEvent {
  /** Absent where there are problems. */
  readonly definition?: EventDefinition;
  readonly problems: readonly FileProblem[];
  /** What may be meant, and hardly is: it is said, and published all the same. */
  readonly warnings: readonly FileProblem[];
}

/** A text, number or word of so many characters at most is shown with what is wrong with it. */
const LONGEST_SHOWN = 60;

function shown(value: unknown): string | undefined {
  const text = typeof value === 'object' ? undefined : JSON.stringify(value);
  return text !== undefined && text.length <= LONGEST_SHOWN ? text : undefined;
}

const dayWarnings = ({ days, timeZone }: EventDefinition<unknown>): DefinitionProblem[] =>
  days.flatMap(({ date }, index) =>
    date < localDate(new Date(), timeZone) ? [{ path: ['days', index, 'date'], message: 'is over already' }] : [],
  );

const inOrder = (problems: readonly FileProblem[]): FileProblem[] =>
  [...problems].sort((a, b) => a.line - b.line || a.column - b.column).slice(0, MOST_PROBLEMS);

/** One line for each problem, in the notation that editors turn into links. */
export function describe(file: string, problems: readonly FileProblem[], kind = ''): string[] {
  return problems.map(
    ({ line, column, path, message, value }) =>
      `${file}:${line}:${column} ${path === '' ? '' : `${path}${value === undefined ? '' : ` = ${value}`}: `}${kind}${message}`,
  );
}
