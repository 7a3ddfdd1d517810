import { MOST_PEOPLE } from '../../../shared/delegation/delegation.ts';
import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import {
  type FieldProblem,
  type FormState,
  type FormValues,
  fieldAttributes,
  fieldId,
  fieldParts,
  formPage,
  textInput,
} from '../kernel/form.ts';
import type { EventPage } from '../kernel/layout.ts';
import { inLanguage, tablePath } from '../kernel/links.ts';
import { attribute } from '../kernel/text.ts';
import { fieldLabels, mailLanguage } from '../registration/register/about.ts';
import { country, questions } from '../registration/register/questions.ts';
import { attendanceFields, category, sessions } from '../registration/register/taking-part.ts';
import { type Cells, columnLabels, PERSON_COLUMNS, statementFields } from './columns.ts';

const rowPath = (row: number, column: string): string => `rows.${row}.${column}`;

const OPTIONAL: readonly string[] = ['honorific', 'nativeName', 'email'];

/**
 * One person: the fields that everyone is asked, and whatever else a table said of them, as it was typed.
 *
 * @param columns every column there may be, by id
 */
function personFields(form: FormState, row: number, cells: Cells, columns: ReadonlyMap<string, string>): Html {
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

interface TablePreview {
  /** Names of columns that were not read. */
  readonly unread: readonly string[];
  /** Rows whose answers are complete, with those that are the same for everyone. */
  readonly ready: ReadonlySet<number>;
}

interface Preview {
  readonly t: SiteTranslate;
  readonly rows: readonly Cells[];
  readonly problems: readonly FieldProblem[];
  /** Absent where no table is looked through. */
  readonly preview?: TablePreview | undefined;
}

const PREVIEW_COLUMNS = [
  'delegation.preview.number',
  'register.fullName.label',
  'register.email.label',
  'delegation.preview.state',
] as const;

/** A table as it was read, person by person, before anything is written: who can be registered, and who needs a correction. */
function preview({ t, rows, problems, preview: read }: Preview): Html | undefined {
  if (read === undefined) return undefined;
  const wrongIn = (row: number) => problems.filter(({ path }) => path.startsWith(`rows.${row}.`));
  return html`<h2>${t('delegation.preview.title')}</h2>
<p>${t('delegation.preview.text')}</p>
${
  read.unread.length > 0 &&
  html`<p class="note">${t('delegation.preview.unread')} ${read.unread.join(', ')}</p>
`
}<div class="wide" tabindex="0" role="region" aria-label="${t('delegation.preview.title')}"><table>
<thead><tr>${PREVIEW_COLUMNS.map((column) => html`<th scope="col">${t(column)}</th>`)}</tr></thead>
<tbody>${rows.map((cells, row) => {
    const wrong = wrongIn(row);
    const [first] = wrong;
    const state =
      first !== undefined
        ? html`<a href="#${fieldId(first.path)}">${t('delegation.preview.bad', { count: wrong.length })}</a>`
        : t(read.ready.has(row) ? 'delegation.preview.good' : 'delegation.preview.common');
    return html`<tr><td>${row + 1}</td><th scope="row">${
      cells['fullName'] || html`<a href="#${fieldId(rowPath(row, 'fullName'))}">–</a>`
    }</th><td>${cells['email'] || t('delegation.preview.through')}</td><td>${state}</td></tr>
`;
  })}</tbody></table></div>
`;
}

const TABLE_FILES = '.csv,.tsv,.txt,text/csv,text/tab-separated-values';

/** People from a spreadsheet: a file, or what was copied from it. */
function tableFields(form: FormState, event: EventDefinition<string>, language: string): Html {
  const { t } = form;
  const file = { path: 'file', label: t('delegation.file.label'), hint: t('delegation.file.hint'), optional: true };
  const { id, label, notes, described, invalid } = fieldParts(form, file);
  const refused = attribute('aria-invalid', invalid ? 'true' : undefined);
  const input = html`<input id="${id}" name="file" type="file" accept="${TABLE_FILES}"${described}${refused}>`;
  const pasted = { path: 'pasted', label: t('delegation.pasted.label'), optional: true, long: true };
  return html`<h2>${t('delegation.table.title')}</h2>
<p>${t('delegation.table.text')} <a href="${inLanguage(tablePath(event.id), language)}">${t('delegation.table.template')}</a></p>
<div${fieldAttributes(file, invalid)}><label for="${id}">${label}</label>${notes}${input}</div>
${textInput(form, pasted)}<button class="second" type="submit" name="press" value="read">${t('delegation.read')}</button>
`;
}

/** What is asked once for everyone, by the very fields of the event's form. */
function commonFields(form: FormState, event: EventDefinition<string>, language: string): Html {
  const organisation = {
    path: 'organisation',
    label: form.t('register.organisation.label'),
    autocomplete: 'organization',
  };
  return html`${[
    textInput(form, organisation),
    country(form, event, language),
    category(form, event),
    attendanceFields(form, event, language),
    sessions(form, event, language),
    questions(form, event, event.questions, language),
    mailLanguage(form, event),
  ]}`;
}

/** At `/d/{token}/people`. */
export interface PeoplePage extends EventPage {
  /** With the questions and consents that a coordinator answers for others. */
  readonly event: EventDefinition<string>;
  /** The coordinator's address: where mail goes about people without one. */
  readonly email: string;
  /** What was typed, or stood there the last time, for everyone. */
  readonly common: FormValues;
  readonly rows: readonly Cells[];
  readonly problems: readonly FieldProblem[];
  /** How many people have just been registered, where others could not be. */
  readonly added: number;
  /** Of a table that is being looked through. */
  readonly preview?: TablePreview | undefined;
}

/** The form that adds people to a delegation: what is the same for everyone, a few fields for each, what is stated. */
export function peoplePage(of: PeoplePage): string {
  const { event, language, t, path, email, common, rows, problems, added } = of;
  const form: FormState = { t, values: { ...common, ...valuesOf(rows) }, problems };
  const title = t('delegation.people.title');
  const columns = columnLabels(event, t);
  return formPage({
    event,
    language,
    path,
    form,
    title,
    labels: labels(of, columns),
    kept: t('delegation.kept'),
    body: html`${added > 0 && html`<p class="note" role="status"><b>${t('delegation.added', { people: added })}</b></p>`}
${preview(of)}<p class="lead">${t('delegation.people.intro', { max: MOST_PEOPLE })}</p>
<form method="post" action="${inLanguage(path, language)}" enctype="multipart/form-data" novalidate>
<h2>${t('delegation.everyone.title')}</h2>
<p>${t('delegation.everyone.text')}</p>
${commonFields(form, event, language)}${tableFields(form, event, language)}<h2 id="people">${t('delegation.persons.title')}</h2>
<p>${t('delegation.persons.text', { email })}</p>
${rows.map((cells, index) =>
  personFields(form, index, cells, columns),
)}<button class="second" type="submit" name="press" value="more">${t('delegation.more')}</button>
${statementFields(form, event, 'all')}<button type="submit" name="press" value="register">${t('delegation.register')}</button>
</form>
<p><a href="${inLanguage(path.replace(/\/people$/, ''), language)}">${t('delegation.back')}</a></p>`,
  });
}

const valuesOf = (rows: readonly Cells[]): FormValues =>
  Object.fromEntries(
    rows.flatMap((cells, row) => Object.entries(cells).map(([column, text]) => [rowPath(row, column), [text]])),
  );

/** In the order of the form. */
function labels({ event, t, rows }: PeoplePage, columns: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const fields = fieldLabels(event, t);
  const persons = rows.flatMap((_, row) =>
    [...columns].map(
      ([column, label]) => [rowPath(row, column), t('delegation.person.field', { number: row + 1, label })] as const,
    ),
  );
  return new Map([
    ...fields,
    ['language', t('manage.language')],
    ['file', t('delegation.file.label')],
    ...persons,
    ['adults', t('delegation.adults.label')],
    ...event.consents.map(({ id, title }) => [`consents.${id}`, title] as const),
  ]);
}
