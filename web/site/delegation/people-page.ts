import { MOST_PEOPLE } from '../../../shared/delegation/delegation.ts';
import type { EventDefinition } from '../../../shared/event/event.ts';
import { html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/site.ts';
import { formPage } from '../kernel/form/form-page.ts';
import type { FieldProblem, FormState, FormValues } from '../kernel/form/form-state.ts';
import { inLanguage } from '../kernel/links.ts';
import { fieldLabels } from '../registration/register/field-labels.ts';
import { type Cells, columnLabels } from './columns.ts';
import { commonFields } from './common-fields.ts';
import { personFields, rowPath } from './person-fields.ts';
import { preview, type TablePreview } from './preview.ts';
import { statements } from './statements.ts';
import { tableFields } from './table-fields.ts';

export interface PeoplePage {
  /** With the questions and consents that a coordinator answers for others. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** `/d/{token}/people`: where the form is shown and sent to. */
  readonly path: string;
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
${rows.map((cells, index) => personFields(form, index, cells, columns))}<button class="second" type="submit" name="press" value="more">${t('delegation.more')}</button>
${statements(form, event, 'all')}<button type="submit" name="press" value="register">${t('delegation.register')}</button>
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
