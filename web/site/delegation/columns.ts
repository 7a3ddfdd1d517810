import type { EventDefinition } from '../../../shared/event/event.ts';
import { signUpSessions } from '../../../shared/event/sessions.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { choices, type FormState } from '../kernel/form.ts';

/** What is asked for each person; anything else is the same for everyone, unless a table has a column for it. */
export const PERSON_COLUMNS = ['honorific', 'fullName', 'nativeName', 'position', 'email'] as const;

const OTHER_COLUMNS = [
  'badgeName',
  'organisation',
  'country',
  'category',
  'mode',
  'days',
  'sessions',
  'language',
] as const;

/** The field of a person's cell; @param row its number. */
export const rowPath = (row: number, column: string): string => `rows.${row}.${column}`;
/** The answer which of two addresses of a person is meant. */
export const meantPath = (row: number): string => `meant.${row}`;

/** What was typed for one person, by column. */
export type Cells = Readonly<Record<string, string>>;

/** What was typed, or stands in a table, for one person. */
export interface PersonRow {
  /** By which everyone names it: of a table, its number in the spreadsheet; of the form, from nought. It stays, whoever goes. */
  readonly number: number;
  readonly cells: Cells;
}

/** Cells in one wording that are read as something they do not quite say, before anything is done with it. */
export interface Understood {
  readonly column: string;
  /** As it was typed. */
  readonly text: string;
  readonly ids: readonly string[];
  /** Numbers of the rows. */
  readonly rows: readonly number[];
}

/** Every column that a person's line may have, by its id, with its label; ids are the names of the form's fields. */
export function columnLabels(event: EventDefinition<string>, t: SiteTranslate): ReadonlyMap<string, string> {
  const has = { sessions: signUpSessions(event).length > 0, language: event.languages.length > 1 };
  const others = OTHER_COLUMNS.filter((column) => !(column in has) || has[column as keyof typeof has]);
  return new Map([
    ...PERSON_COLUMNS.map((column) => [column, labelOf(column, t)] as const),
    ...others.map((column) => [column, labelOf(column, t)] as const),
    ...event.questions.map(({ id, title }) => [`answers.${id}`, title] as const),
  ]);
}

function labelOf(column: (typeof PERSON_COLUMNS)[number] | (typeof OTHER_COLUMNS)[number], t: SiteTranslate): string {
  if (column === 'language') return t('manage.language');
  return column === 'sessions' ? t('register.sessions.name') : t(`register.${column}.label`);
}

/** Care is asked of each person alone, and what may be refused is theirs to give: neither is a coordinator's to answer. */
export const askedOfDelegations = (event: EventDefinition<string>): EventDefinition<string> => ({
  ...event,
  questions: event.questions.filter(({ care }) => !care),
  consents: event.consents.filter(({ required }) => required),
});

/** What a coordinator states of those they answer for: that they are adults, and have agreed to what the event requires. */
export function statementFields(form: FormState, event: EventDefinition<string>, of: 'all' | 'one'): Html {
  const { t } = form;
  const [adults, agrees] =
    of === 'all'
      ? (['delegation.adults.agreement', 'delegation.state.agreement'] as const)
      : (['substitute.adult', 'substitute.agreement'] as const);
  return html`<h2>${t('register.section.consents')}</h2>
<p>${t('delegation.state.text')}</p>
${choices(form, {
  path: 'adults',
  type: 'checkbox',
  label: t('delegation.adults.label'),
  choices: [{ value: 'yes', label: t(adults) }],
})}${event.consents.map(
  ({ id, title, points, version, agreement }) =>
    html`${
      points.length > 0 &&
      html`<p><b>${title}</b></p>
<ul>${points.map((point) => html`<li>${point}</li>`)}</ul>`
    }${choices(form, {
      path: `consents.${id}`,
      type: 'checkbox',
      label: title,
      choices: [{ value: version, label: t(agrees, { agreement }) }],
    })}`,
)}<p>${t('delegation.state.own')}</p>
`;
}
