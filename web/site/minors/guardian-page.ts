import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { languageName } from '../../../shared/kernel/i18n/formats.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import {
  addressInput,
  choices,
  type FieldProblem,
  type FormState,
  type FormValues,
  formPage,
  textInput,
  whichAddresses,
} from '../kernel/form.ts';
import type { EventPage } from '../kernel/layout.ts';
import { inLanguage } from '../kernel/links.ts';
import { press } from '../registration/manage/press.ts';

const FIELDS = ['guardian.name', 'guardian.email', 'guardian.language'] as const;

/** Who is asked for consent: by mail, or on paper where they have none. */
export function guardianFields(form: FormState, event: EventDefinition<string>): Html {
  const { t } = form;
  return html`${textInput(form, { path: 'guardian.name', label: t('young.guardian.name.label') })}${addressInput(form, {
    path: 'guardian.email',
    label: t('young.guardian.email.label'),
    hint: t('young.guardian.email.hint'),
  })}${guardianMailLanguage(form, event, 'guardian.language')}${onPaper(form, event)}`;
}

/** @param more of the form, before them */
export const guardianLabels = (t: SiteTranslate, more: readonly ('name' | 'email' | 'language')[] = []) =>
  [...more, ...FIELDS].map((path): [string, string] => [path, t(`young.${path}.label`)]);

/** An event in one language does not ask. */
export function guardianMailLanguage(
  form: FormState,
  { languages }: EventDefinition<string>,
  path: 'language' | 'guardian.language',
): Html {
  const [only, another] = languages;
  if (another === undefined) return html`<input type="hidden" name="${path}" value="${only}">`;
  return choices(form, {
    path,
    type: 'radio',
    label: form.t(`young.${path}.label`),
    choices: languages.map((tag) => ({ value: tag, label: languageName(tag) })),
  });
}

/** Where there is a focal point to hand a signed form to. */
const onPaper = (form: FormState, { safeguarding }: EventDefinition<string>): Html | undefined =>
  safeguarding &&
  choices(form, {
    path: 'guardian.onPaper',
    type: 'checkbox',
    label: form.t('young.onPaper.label'),
    optional: true,
    choices: [
      {
        value: 'yes',
        label: form.t('young.onPaper'),
        hint: form.t('young.onPaper.hint', { name: safeguarding.name }),
      },
    ],
  });

/** At `/m/{token}/guardian`. */
interface ChangeGuardianPage extends EventPage {
  /** Whether a code was mailed that can be used. */
  readonly hasCode: boolean;
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
  readonly inDoubt?: readonly string[] | undefined;
}

/** Where someone under 18 says who else is to be asked. Who was asked so far it does not show: it is kept apart. */
export function changeGuardianPage(of: ChangeGuardianPage): string {
  const { language, t, path, hasCode, values, problems, inDoubt } = of;
  const form: FormState = { t, values: { 'guardian.language': [language], ...values }, problems };
  const title = t('young.change.title');
  const labels = new Map([['code', t('young.change.code.label')], ...guardianLabels(t)]);
  return formPage(of, {
    form,
    title,
    labels,
    question: inDoubt && whichAddresses(form, inDoubt),
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
): Html => html`<p class="note" role="status"><b>${t('young.change.sent')}</b> ${t('thanks.wait')} ${t('code.late')} ${t('young.change.spam')}</p>
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
<p>${t('code.newest')}</p>
${press(path, language, 'code', t('young.change.send-code'), 'second')}</details>
`;
