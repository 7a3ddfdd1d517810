import { MOST_PEOPLE } from '../../../shared/delegation/delegation.ts';
import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { BODY_LIMIT, WORKBOOK } from '../../../shared/kernel/route.ts';
import { addressMeant } from '../../../shared/kernel/text/email-address.ts';
import {
  type Field,
  type FieldProblem,
  type FormState,
  type FormValues,
  fieldAttributes,
  fieldParts,
  formPage,
  meantChoice,
  textInput,
  whichAddresses,
} from '../kernel/form.ts';
import { type EventContext, type EventPage, formScript, page } from '../kernel/layout.ts';
import { inLanguage, tablePath } from '../kernel/links.ts';
import { attribute, readersText } from '../kernel/text.ts';
import { fieldLabels, mailLanguage } from '../registration/register/about.ts';
import { country, questions } from '../registration/register/questions.ts';
import { category, daysField, modeField, sessions } from '../registration/register/taking-part.ts';
import { columnLabels, meantPath, PERSON_COLUMNS, type PersonRow, rowPath, statementFields } from './columns.ts';

/** At `/d/{token}/people`. */
export interface PeopleContext extends EventPage {
  /** With the questions and consents that a coordinator answers for others. */
  readonly event: EventDefinition<string>;
}

const back = ({ t, path, language }: EventPage): Html =>
  html`<p><a href="${inLanguage(path.replace(/\/people$/, ''), language)}">${t('delegation.back')}</a></p>`;

const wayPath = ({ path, language }: EventPage, by: Way): string => `${inLanguage(path, language)}&by=${by}`;

/** How people are added: one by one in a form, or from a spreadsheet. */
const WAYS = ['names', 'table'] as const;
type Way = (typeof WAYS)[number];

/** Asks first how a coordinator has their people at hand. */
export function waysPage(of: PeopleContext): string {
  const { t } = of;
  return page({
    ...of,
    title: t('delegation.people.title'),
    body: html`<h1>${t('delegation.people.title')}</h1>
<p class="lead">${t('delegation.people.intro', { max: MOST_PEOPLE })}</p>
${WAYS.map(
  (way) => html`<div class="field"><p><a class="button" href="${wayPath(of, way)}">${t(`delegation.way.${way}`)}</a></p>
<p class="hint">${t(`delegation.way.${way}.hint`)}</p></div>
`,
)}${back(of)}`,
  });
}

const TABLE_FILES = `.xlsx,.csv,.tsv,.txt,${WORKBOOK},text/csv,text/tab-separated-values`;

interface TablePage extends PeopleContext {
  /** What was pasted. */
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

/** People from a spreadsheet: a file, or what was copied from it. */
export function tablePage(of: TablePage): string {
  const { event, language, t, path, values, problems } = of;
  const form: FormState = { t, values, problems };
  const file: Field = { path: 'file', label: t('delegation.file.label'), hint: t('delegation.file.hint') };
  const { id, label, notes, described, invalid } = fieldParts(form, file);
  const refused = attribute('aria-invalid', invalid ? 'true' : undefined);
  const input = html`<input id="${id}" name="file" type="file" accept="${TABLE_FILES}"${described}${refused}>`;
  const kept = event.questions.flatMap((each) => {
    const said = each.readers && readersText(each.readers, language, t);
    return said === undefined ? [] : [html`<li>${each.title}<small>${said}</small></li>`];
  });
  const words = { label: t('delegation.pasted.label'), optional: true, long: true };
  const pasted = { path: 'pasted', ...words, most: BODY_LIMIT.upload };
  return formPage(of, {
    form,
    title: t('delegation.way.table'),
    labels: new Map([['file', file.label]]),
    body: html`<p class="lead">${t('delegation.table.text')} <a href="${inLanguage(tablePath(event.id), language)}">${t(
      'delegation.table.template',
    )}</a></p>
${kept.length > 0 && html`<ul>${kept}</ul>`}
<form method="post" action="${inLanguage(path, language)}" enctype="multipart/form-data" novalidate>
<div${fieldAttributes(file, invalid)}><label for="${id}">${label}</label>${notes}${input}</div>
${textInput(form, pasted)}<button type="submit" name="press" value="read">${t('delegation.read')}</button>
</form>
<p><a href="${wayPath(of, 'names')}">${t('delegation.way.names')}</a></p>
${back(of)}`,
  });
}

/** What is asked once for everyone, each by the very field of the event's form. */
const COMMON = {
  organisation: (form) =>
    textInput(form, {
      path: 'organisation',
      label: form.t('register.organisation.label'),
      autocomplete: 'organization',
    }),
  country: (form, event, language) => country(form, event, language),
  category: (form, event) => category(form, event),
  mode: (form, event) => modeField(form, event),
  days: (form, event, language) => daysField(form, event, language),
  sessions,
  questions: (form, event, language) => questions(form, event, event.questions, language),
  language: (form, event) => mailLanguage(form, event),
} as const satisfies Readonly<
  Record<string, (form: FormState, event: EventDefinition<string>, language: string, isAnyDay: boolean) => Html>
>;

/**
 * @param shown which of them; all where absent
 * @param isAnyDay whether each person has days of their own, and sessions of all days are offered
 */
export const commonFields = (
  form: FormState,
  event: EventDefinition<string>,
  language: string,
  shown: ReadonlySet<string> = new Set(Object.keys(COMMON)),
  isAnyDay = false,
): Html =>
  html`${Object.entries(COMMON).map(([column, field]) => (shown.has(column) ? field(form, event, language, isAnyDay) : undefined))}`;

/** One person: the fields that everyone is asked. */
function personFields(
  form: FormState,
  row: number,
  columns: ReadonlyMap<string, string>,
  { isInDoubt = false, isNext = false } = {},
): Html {
  const [id, title] = [`person-${row}`, form.t('delegation.person', { number: row + 1 })];
  const of = rowPath(row, 'email');
  return html`<div class="group" role="group" aria-labelledby="${id}"><h3 id="${id}"${isNext && html` tabindex="-1" autofocus`}>${title}</h3>
${PERSON_COLUMNS.map((column) =>
  textInput(form, {
    path: rowPath(row, column),
    label: columns.get(column) ?? column,
    optional: OPTIONAL.includes(column),
    ...(column === 'email' && { type: 'email', hint: form.t('delegation.person.email.hint') }),
  }),
)}${isInDoubt && meantChoice(form, of, meantPath(row))}</div>
`;
}

/** The answer which address is meant goes along once it was given: it is asked once. */
export const settledAddress = ({ settled, doubts }: PeoplePage, { number, cells }: PersonRow): Html | undefined => {
  const email = cells['email']?.trim() ?? '';
  if (!settled.has(number) || doubts.has(number) || addressMeant(email) === undefined) return undefined;
  return html`<input type="hidden" name="${meantPath(number)}" value="${email}">
`;
};

/** What people may not have. */
const OPTIONAL: readonly string[] = ['honorific', 'nativeName', 'email'];

/** The number of the row that the script copies: that of nobody, and one more is in its title. */
const BLANK_ROW = 998;

/** An empty row, from which the script makes more without a network, up to as many as there are places for. */
const blankRow = ({ t, places }: PeoplePage, columns: ReadonlyMap<string, string>): Html =>
  html`<template data-row="${BLANK_ROW}" data-most="${places}">${personFields({ t, values: {}, problems: [] }, BLANK_ROW, columns)}</template>`;

export interface PeoplePage extends PeopleContext {
  /** The coordinator's address: where mail goes about people without one. */
  readonly email: string;
  /** What was typed, or stood there the last time, for everyone. */
  readonly common: FormValues;
  readonly rows: readonly PersonRow[];
  readonly problems: readonly FieldProblem[];
  /** How many people have just been registered, where others could not be. */
  readonly added: number;
  /** How many people the form has room for. */
  readonly places: number;
  /** The row to go on with, where rows were added. */
  readonly next?: number | undefined;
  /** Rows whose addresses look mistyped, by number: whether they are right is asked once. */
  readonly doubts: ReadonlySet<number>;
  /** Rows whose addresses were looked at, since they look mistyped. */
  readonly settled: ReadonlySet<number>;
}

/** The form that adds people to a delegation: what is the same for everyone, a few fields for each, what is stated. */
export function peoplePage(of: PeoplePage): string {
  const { event, language, t, path, email, common, rows, problems, doubts } = of;
  const form: FormState = { t, values: { ...common, ...valuesOf(rows) }, problems };
  const columns = columnLabels(event, t);
  return formPage(of, {
    form,
    title: t('delegation.people.title'),
    labels: peopleLabels(of, columns),
    kept: t('delegation.kept'),
    ...(problems.length === 0 &&
      doubts.size > 0 && {
        question: whichAddresses(
          form,
          [...doubts].map((row) => rowPath(row, 'email')),
          [...doubts].map(meantPath),
        ),
      }),
    body: html`${addedNote(of)}
${peopleForm(
  of,
  html`<h2>${t('delegation.everyone.title')}</h2>
<p>${t('delegation.everyone.text')}</p>
${commonFields(form, event, language)}<h2 id="people">${t('delegation.persons.title')}</h2>
<p>${t('delegation.persons.text', { email })}</p>
${rows.map((row) => [
  personFields(form, row.number, columns, { isInDoubt: doubts.has(row.number), isNext: row.number === of.next }),
  settledAddress(of, row),
])}${blankRow(of, columns)}<button class="second" type="submit" name="press" value="more">${t('delegation.more')}</button>
${sending(form, event)}`,
)}
<p><a href="${wayPath(of, 'table')}">${t('delegation.way.table')}</a></p>
${back({ ...of, path })}`,
  });
}

/** Whom a press has registered, where others are left. */
export const addedNote = ({ t, added }: Pick<PeoplePage, 't' | 'added'>): Html | undefined =>
  added > 0 ? html`<p class="note" role="status"><b>${t('delegation.added', { people: added })}</b></p>` : undefined;

/** The form around it, which a key registers with as well as its button: other buttons may stand before that one. */
export const peopleForm = ({ path, language }: EventContext & Pick<EventPage, 'path'>, fields: Html): Html =>
  html`<form method="post" action="${inLanguage(path, language)}" enctype="multipart/form-data" novalidate data-script="${formScript(
    language,
    'peopleJs',
  )}"><button type="submit" name="press" value="register" hidden></button>
${fields}</form>`;

/** What the coordinator states, and the button that registers. */
export const sending = (form: FormState, event: EventDefinition<string>): Html =>
  html`${statementFields(form, event, 'all')}<button type="submit" name="press" value="register" data-sending="${form.t(
    'register.sending',
  )}">${form.t('delegation.register')}</button>
`;

const valuesOf = (rows: readonly PersonRow[]): FormValues =>
  Object.fromEntries(
    rows.flatMap(({ number, cells }) =>
      Object.entries(cells).map(([column, text]) => [rowPath(number, column), [text]]),
    ),
  );

/** In the order of the form. */
function peopleLabels({ event, t, rows }: PeoplePage, columns: ReadonlyMap<string, string>) {
  const persons = rows.flatMap(({ number }) =>
    [...columns].map(
      ([column, label]) =>
        [rowPath(number, column), t('delegation.person.field', { number: number + 1, label })] as const,
    ),
  );
  return new Map([...commonLabels(event, t), ...persons, ...statedLabels(event, t)]);
}

/** But for what is stated, which stands at the end of the form. */
export const commonLabels = (event: EventDefinition<string>, t: SiteTranslate): ReadonlyMap<string, string> =>
  new Map([...fieldLabels({ ...event, consents: [] }, t), ['language', t('manage.language')]]);

export const statedLabels = (event: EventDefinition<string>, t: SiteTranslate): ReadonlyMap<string, string> =>
  new Map([
    ['adults', t('delegation.adults.label')],
    ...event.consents.map(({ id, title }) => [`consents.${id}`, title] as const),
  ]);
