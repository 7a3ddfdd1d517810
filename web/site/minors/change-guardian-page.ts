import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { formPage } from '../kernel/form/form-page.ts';
import type { FieldProblem, FormState, FormValues } from '../kernel/form/form-state.ts';
import { textInput } from '../kernel/form/text-input.ts';
import { inLanguage } from '../kernel/links.ts';
import { press } from '../registration/manage/press.ts';
import { guardianFields, guardianLabels } from './guardian-fields.ts';

export interface ChangeGuardianPage {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** `/m/{token}/guardian`: where the form is shown and sent to. */
  readonly path: string;
  /** Whether a code was mailed that can be used. */
  readonly hasCode: boolean;
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

/** Where someone under 18 says who else is to be asked. Who was asked so far it does not show: it is kept apart. */
export function changeGuardianPage(of: ChangeGuardianPage): string {
  const { event, language, t, path, hasCode, values, problems } = of;
  const form: FormState = { t, values: { 'guardian.language': [language], ...values }, problems };
  const title = t('young.change.title');
  const labels = new Map([['code', t('young.change.code.label')], ...guardianLabels(t)]);
  return formPage({
    event,
    language,
    path,
    form,
    title,
    labels,
    body: html`<p class="lead">${t('young.change.lead')}</p>
${hasCode ? withCode(of, form) : withoutCode(of)}<p><a href="${inLanguage(path.replace(/\/guardian$/, ''), language)}">${t(
      'amend.back',
    )}</a></p>`,
  });
}

const withoutCode = ({ language, t, path }: ChangeGuardianPage): Html => html`<p>${t('young.change.why')}</p>
${press(path, language, 'code', t('young.change.send-code'))}`;

const withCode = (
  { event, language, t, path }: ChangeGuardianPage,
  form: FormState,
): Html => html`<p role="status"><b>${t('young.change.sent')}</b> ${t('young.change.spam')}</p>
<form method="post" action="${inLanguage(path, language)}" novalidate>
${textInput(form, {
  path: 'code',
  label: t('young.change.code.label'),
  hint: t('young.change.code.hint'),
  autocomplete: 'one-time-code',
})}${guardianFields(form, event)}<p>${t('young.change.after')}</p>
<button type="submit" name="action" value="ask">${t('young.change.ask')}</button>
</form>
<details>
<summary>${t('young.change.no-code')}</summary>
<p>${t('young.change.no-code.text')}</p>
${press(path, language, 'code', t('young.change.send-code'), 'second')}</details>
`;
