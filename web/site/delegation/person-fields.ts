import { type Html, html } from '../../../shared/kernel/html.ts';
import type { FormState } from '../kernel/form/form-state.ts';
import { textInput } from '../kernel/form/text-input.ts';
import { type Cells, PERSON_COLUMNS } from './columns.ts';

export const rowPath = (row: number, column: string): string => `rows.${row}.${column}`;

const OPTIONAL: readonly string[] = ['honorific', 'nativeName', 'email'];

/**
 * One person: the fields that everyone is asked, and whatever else a table said of them, as it was typed.
 *
 * @param columns every column there may be, by id
 */
export function personFields(form: FormState, row: number, cells: Cells, columns: ReadonlyMap<string, string>): Html {
  const { t } = form;
  const others = [...columns.keys()].filter((column) => !isPersonal(column) && (cells[column] ?? '').trim() !== '');
  return html`<div class="group" role="group" aria-labelledby="person-${row}"><h3 id="person-${row}">${t('delegation.person', { number: row + 1 })}</h3>
${[...PERSON_COLUMNS, ...others].map((column) =>
  textInput(form, {
    path: rowPath(row, column),
    label: columns.get(column) ?? column,
    optional: OPTIONAL.includes(column),
    ...(column === 'email' && { type: 'email', hint: t('delegation.person.email.hint') }),
  }),
)}</div>
`;
}

const isPersonal = (column: string): boolean => (PERSON_COLUMNS as readonly string[]).includes(column);
