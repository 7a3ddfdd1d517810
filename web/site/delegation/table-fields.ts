import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { attribute } from '../kernel/attribute.ts';
import { fieldAttributes, fieldParts } from '../kernel/form/field.ts';
import type { FormState } from '../kernel/form/form-state.ts';
import { textInput } from '../kernel/form/text-input.ts';
import { inLanguage, tablePath } from '../kernel/links.ts';

/** People from a spreadsheet: a file, or what was copied from it. */
export function tableFields(form: FormState, event: EventDefinition<string>, language: string): Html {
  const { t } = form;
  const file = { path: 'file', label: t('delegation.file.label'), hint: t('delegation.file.hint'), optional: true };
  const { id, label, notes, described, invalid } = fieldParts(form, file);
  const pasted = { path: 'pasted', label: t('delegation.pasted.label'), optional: true, long: true };
  return html`<h2>${t('delegation.table.title')}</h2>
<p>${t('delegation.table.text')} <a href="${inLanguage(tablePath(event.id), language)}">${t('delegation.table.template')}</a></p>
<div${fieldAttributes(file, invalid)}><label for="${id}">${label}</label>${notes}<input id="${id}" name="file" type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"${described}${attribute('aria-invalid', invalid ? 'true' : undefined)}></div>
${textInput(form, pasted)}<button class="second" type="submit" name="press" value="read">${t('delegation.read')}</button>
`;
}
