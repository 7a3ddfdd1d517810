import type { EventDefinition } from '../../../shared/event/event.ts';
import { html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { formPage } from '../kernel/form/form-page.ts';
import { type FieldProblem, type FormState, type FormValues, firstValue } from '../kernel/form/form-state.ts';
import { textInput } from '../kernel/form/text-input.ts';
import { inLanguage } from '../kernel/links.ts';
import { statements } from './statements.ts';

/** What is asked about whoever comes in someone's place. */
export const SUBSTITUTE_FIELDS = ['honorific', 'fullName', 'nativeName', 'position'] as const;
const OPTIONAL: readonly string[] = ['honorific', 'nativeName'];

export interface SubstitutePage {
  /** With the consents that a coordinator answers for others. */
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** `/d/{token}/people/{member}/substitute` */
  readonly path: string;
  /** With the revision that was looked at. */
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

/** Asks who comes in the place of someone of a delegation. */
export function substitutePage({ event, language, t, path, values, problems }: SubstitutePage): string {
  const form: FormState = { t, values, problems };
  const title = t('substitute.title');
  const labels = new Map([
    ...SUBSTITUTE_FIELDS.map((field) => [field, t(`register.${field}.label`)] as const),
    ['adults', t('delegation.adults.label')] as const,
    ...event.consents.map(({ id, title }) => [`consents.${id}`, title] as const),
  ]);
  return formPage({
    event,
    language,
    path,
    form,
    title,
    labels,
    body: html`<p class="lead">${t('substitute.intro')}</p>
<p>${t('substitute.approval')}</p>
<form method="post" action="${inLanguage(path, language)}" novalidate>
<input type="hidden" name="revision" value="${firstValue(values, 'revision')}">
${SUBSTITUTE_FIELDS.map((path) =>
  textInput(form, { path, label: labels.get(path) ?? path, optional: OPTIONAL.includes(path) }),
)}${statements(form, event, 'one')}<button type="submit">${t('substitute.button')}</button>
</form>
<p><a href="${inLanguage(path.replace(/\/substitute$/, ''), language)}">${t('substitute.back')}</a></p>`,
  });
}
