import { type Cells, PERSON_COLUMNS } from '../../../web/site/delegation/columns.ts';
import type { EventDefinition } from '../../event/event.ts';
import { InvalidInputError } from '../../kernel/errors.ts';
import type { FormFields } from '../../kernel/http/body.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { FILE } from './rows-of-table.case.ts';

const PRESSES = ['register', 'more', 'read'] as const;
type Press = (typeof PRESSES)[number];

/** The form that adds people, as it was sent. */
export interface PeopleForm {
  readonly press: Press;
  /** What is the same for everyone, and what the coordinator states. */
  readonly common: FormFields;
  /** Those in which something was typed. */
  readonly rows: readonly Cells[];
  /** A table, from a file or pasted; empty where none was sent. */
  readonly table: Uint8Array;
}

const COMMON = ['adults', 'organisation', 'country', 'category', 'mode', 'days', 'sessions', 'language'];
const SEVERAL = ['days', 'sessions'];
const ROW = /^rows\.(\d{1,2})\.([A-Za-z0-9.-]{1,100})$/;

/**
 * @param columns ids of all that a row may have
 * @throws InvalidInputError for fields the form does not have, or one sent twice
 */
export function readPeopleForm(
  event: EventDefinition<string>,
  columns: ReadonlySet<string>,
  fields: FormFields,
): PeopleForm {
  const { press: pressed, [FILE]: file, pasted, ...others } = fields;
  const issues: FieldIssue[] = [];
  const common: Record<string, readonly string[]> = {};
  const rows = new Map<number, Record<string, string>>();
  for (const [path, values] of Object.entries(others)) {
    const [, index, column = ''] = ROW.exec(path) ?? [];
    const isKnown = index === undefined ? isCommon(event, path) : columns.has(column);
    if (!isKnown) issues.push({ path, code: 'unknown-field' });
    else if (values.length > 1 && !mayRepeat(event, path)) issues.push({ path, code: 'wrong-type' });
    else if (index === undefined) common[path] = values;
    else rows.set(Number(index), { ...rows.get(Number(index)), [column]: values[0] ?? '' });
  }
  const press = PRESSES.find((each) => each === pressed?.[0]);
  if (press === undefined) issues.push({ path: 'press', code: 'unknown-option' });
  if (press === undefined || issues.length > 0) throw new InvalidInputError(issues);
  const inOrder = [...rows].sort(([a], [b]) => a - b).map(([, cells]) => cells);
  const bytes = Buffer.from(file?.[0] ?? '', 'base64');
  const table = bytes.length > 0 ? bytes : Buffer.from(pasted?.[0] ?? '');
  return { press, common, rows: inOrder.filter(isFilled), table };
}

const isCommon = (event: EventDefinition<string>, path: string): boolean =>
  COMMON.includes(path) ||
  event.questions.some(({ id }) => path === `answers.${id}`) ||
  event.consents.some(({ id }) => path === `consents.${id}`);

const mayRepeat = (event: EventDefinition<string>, path: string): boolean =>
  SEVERAL.includes(path) || event.questions.some(({ id, type }) => type === 'multi-choice' && path === `answers.${id}`);

const isFilled = (cells: Cells): boolean => Object.values(cells).some((text) => text.trim() !== '');

/** The cells of a row that are typed for each person; a row of a table may have more. */
export const emptyRow = (): Cells => Object.fromEntries(PERSON_COLUMNS.map((column) => [column, '']));
