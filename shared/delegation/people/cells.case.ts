import { type Cells, PERSON_COLUMNS } from '../../../web/site/delegation/columns.ts';
import type { AnswerValue } from '../../event/condition.ts';
import type { EventDefinition, Question, QuestionType } from '../../event/event.ts';
import { signUpSessions } from '../../event/sessions.ts';
import { countryName, languageName } from '../../kernel/i18n/formats.ts';
import { COUNTRY_CODES } from '../../kernel/text/countries.ts';
import type { Submission } from '../../registration/apply/submission.ts';

/** What a cell is read in the light of. */
export interface CellContext {
  readonly event: EventDefinition<string>;
  /** Of the page: names of countries are read in it, and in English. */
  readonly language: string;
  /** What else stands for yes and no. */
  readonly words: { readonly yes: string; readonly no: string };
}

interface Named {
  readonly id: string;
  readonly title: string;
}

/**
 * What a person's own cells say in place of what is the same for everyone. Choices are read by id or by title,
 * countries by code or by name; what cannot be read stays as it was typed, for the form's own check to refuse.
 */
export function withCells(common: Submission, cells: Cells, context: CellContext): Submission {
  const filled = Object.entries(cells).filter(([, text]) => text.trim() !== '');
  const own = Object.fromEntries(PERSON_COLUMNS.map((column) => [column, cells[column] ?? '']));
  const others = filled.filter(([column]) => !column.startsWith(ANSWER) && !isPersonal(column));
  const answers = filled.filter(([column]) => column.startsWith(ANSWER));
  return {
    ...common,
    ...own,
    ...Object.fromEntries(others.map(([column, text]) => [column, cellValue(column, text, context)])),
    answers: {
      ...common.answers,
      ...Object.fromEntries(answers.map(([column, text]) => answerIn(column.slice(ANSWER.length), text, context))),
    },
  };
}

const ANSWER = 'answers.';
const isPersonal = (column: string): boolean => (PERSON_COLUMNS as readonly string[]).includes(column);

function cellValue(column: string, text: string, { event, language }: CellContext): unknown {
  switch (column) {
    case 'country':
      return countryIn(text, language);
    case 'category':
      return oneOf(event.categories, text);
    case 'mode':
      return oneOf(event.modes, text);
    case 'days':
      return someOf(event.days, text);
    case 'sessions':
      return someOf(signUpSessions(event), text);
    case 'language':
      return oneOf(
        event.languages.map((id) => ({ id, title: languageName(id) })),
        text,
      );
  }
  return text;
}

function answerIn(id: string, text: string, context: CellContext): readonly [string, AnswerValue] {
  const question = context.event.questions.find((each) => each.id === id);
  return [id, question === undefined ? text : answerOf(question, text, context)];
}

const answerOf = (question: Question<string>, text: string, context: CellContext): AnswerValue =>
  CELLS[question.type](text, question, context);

const asTyped = (text: string): AnswerValue => text;

/** What a cell says in answer to each type of question; what it cannot be stays as it was typed. */
const CELLS: Readonly<
  Record<QuestionType, (text: string, question: Question<string>, context: CellContext) => AnswerValue>
> = {
  text: asTyped,
  'long-text': asTyped,
  email: asTyped,
  phone: asTyped,
  country: (text, _, { language }) => countryIn(text.trim(), language),
  organisation: asTyped,
  choice: (text, { options = [] }) => oneOf(options, text.trim()),
  'multi-choice': (text, { options = [] }) => someOf(options, text.trim()),
  'yes-no': (text, _, { words }) => yesOrNo(text.trim(), words) ?? text.trim(),
  number: (text) => (/^\d{1,15}(\.\d{1,6})?$/.test(text.trim()) ? Number(text.trim()) : text.trim()),
  date: asTyped,
};

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/gu, ' ').trim().toLowerCase();

function oneOf(offered: readonly Named[], text: string): string {
  const typed = plain(text);
  return offered.find(({ id, title }) => plain(id) === typed || plain(title) === typed)?.id ?? text.trim();
}

/** Separated by semicolons or bars; by commas where no title is meant, for titles have commas too. */
function someOf(offered: readonly Named[], text: string): string[] {
  const whole = oneOf(offered, text);
  if (offered.some(({ id }) => id === whole)) return [whole];
  const separator = /[;|]/.test(text) ? /[;|]/ : ',';
  return text
    .split(separator)
    .filter((part) => part.trim() !== '')
    .map((part) => oneOf(offered, part));
}

function countryIn(text: string, language: string): string {
  const typed = plain(text);
  const isIt = (code: string): boolean =>
    [code, countryName(code, language), countryName(code, 'en')].some((name) => plain(name) === typed);
  return COUNTRY_CODES.find(isIt) ?? text.trim();
}

const YES = ['yes', 'y', 'true', '1'];
const NO = ['no', 'n', 'false', '0'];

function yesOrNo(text: string, words: CellContext['words']): boolean | undefined {
  const typed = plain(text);
  if ([...YES, plain(words.yes)].includes(typed)) return true;
  return [...NO, plain(words.no)].includes(typed) ? false : undefined;
}
