import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/site.ts';
import { type FieldProblem, fieldId } from '../kernel/form/form-state.ts';
import type { Cells } from './columns.ts';
import { rowPath } from './person-fields.ts';

export interface TablePreview {
  /** Names of columns that were not read. */
  readonly unread: readonly string[];
  /** Rows whose answers are complete, with those that are the same for everyone. */
  readonly ready: ReadonlySet<number>;
}

export interface Preview {
  readonly t: SiteTranslate;
  readonly rows: readonly Cells[];
  readonly problems: readonly FieldProblem[];
  /** Absent where no table is looked through. */
  readonly preview?: TablePreview | undefined;
}

/** A table as it was read, person by person, before anything is written: who can be registered, and who needs a correction. */
export function preview({ t, rows, problems, preview: read }: Preview): Html | undefined {
  if (read === undefined) return undefined;
  const wrongIn = (row: number) => problems.filter(({ path }) => path.startsWith(`rows.${row}.`));
  return html`<h2>${t('delegation.preview.title')}</h2>
<p>${t('delegation.preview.text')}</p>
${
  read.unread.length > 0 &&
  html`<p class="note">${t('delegation.preview.unread')} ${read.unread.join(', ')}</p>
`
}<div class="wide" tabindex="0" role="region" aria-label="${t('delegation.preview.title')}"><table>
<thead><tr><th scope="col">${t('delegation.preview.number')}</th><th scope="col">${t('register.fullName.label')}</th><th scope="col">${t('register.email.label')}</th><th scope="col">${t('delegation.preview.state')}</th></tr></thead>
<tbody>${rows.map((cells, row) => {
    const wrong = wrongIn(row);
    const [first] = wrong;
    const state =
      first !== undefined
        ? html`<a href="#${fieldId(first.path)}">${t('delegation.preview.bad', { count: wrong.length })}</a>`
        : t(read.ready.has(row) ? 'delegation.preview.good' : 'delegation.preview.common');
    return html`<tr><td>${row + 1}</td><th scope="row">${cells['fullName'] || html`<a href="#${fieldId(rowPath(row, 'fullName'))}">–</a>`}</th><td>${cells['email'] || t('delegation.preview.through')}</td><td>${state}</td></tr>
`;
  })}</tbody></table></div>
`;
}
