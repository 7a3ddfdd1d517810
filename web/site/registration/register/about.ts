import type { EventDefinition } from '../../../../shared/event/event.ts';
import { categoriesWithClosedSessions, signUpSessions } from '../../../../shared/event/sessions.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import { languageName } from '../../../../shared/kernel/i18n/formats.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import { PERSON_FIELDS } from '../../../../shared/registration/apply/submission.ts';
import { addressInput, choices, type FormState, type TextField, textInput } from '../../kernel/form.ts';
import { country, isAskedByCategory } from './questions.ts';

type Field = 'email' | 'honorific' | 'fullName' | 'badgeName' | 'nativeName' | 'position' | 'organisation';

const labels = ({ t }: FormState, field: Field) => ({
  path: field,
  label: t(`register.${field}.label`),
  hint: t(`register.${field}.hint`),
});

/** Where mail goes. It is asked once: another address is another registration. */
export const email = (form: FormState): Html => addressInput(form, { ...labels(form, 'email'), autocomplete: 'email' });

/** Who is coming: one full name, never first and last, which many names do not have. */
const FIELDS: readonly (Pick<TextField, 'optional' | 'autocomplete'> & { readonly field: Field })[] = [
  { field: 'honorific', optional: true, autocomplete: 'honorific-prefix' },
  { field: 'fullName', autocomplete: 'name' },
  { field: 'badgeName', optional: true },
  { field: 'nativeName', optional: true },
  { field: 'position', autocomplete: 'organization-title' },
  { field: 'organisation', autocomplete: 'organization' },
];

export const aboutYou = (form: FormState, event: EventDefinition<string>, language: string): Html =>
  html`${FIELDS.map(({ field, ...how }) => textInput(form, { ...labels(form, field), ...how }))}${country(form, event, language)}`;

/** Every field in the order of the form, with its label: what the error summary can lead to. */
export function fieldLabels(event: EventDefinition<string>, t: SiteTranslate): ReadonlyMap<string, string> {
  const byCategory = event.questions.filter((question) => isAskedByCategory(question, event.questions));
  const others = event.questions.filter((question) => !byCategory.includes(question));
  const answers = (questions: typeof others) => questions.map(({ id, title }) => [`answers.${id}`, title] as const);
  return new Map([
    ...PERSON_FIELDS.map((path) => [path, t(`register.${path}.label`)] as const),
    ...(event.categories.length > 1 ? [['category', t('register.category.label')] as const] : []),
    ...answers(byCategory),
    ...(categoriesWithClosedSessions(event).length > 0
      ? [['closedSessions', t('register.closedSessions.label')] as const]
      : []),
    ['invitation', t('register.invitation.label')],
    ...(event.modes.length > 1 ? [['mode', t('register.mode.label')] as const] : []),
    ...(event.days.length > 1 ? [['days', t('register.days.label')] as const] : []),
    ...(signUpSessions(event).length > 0 ? [['sessions', t('register.sessions.name')] as const] : []),
    ...answers(others),
    ...event.consents.map(({ id, title }) => [`consents.${id}`, title] as const),
  ]);
}

/** Who is coming, of someone under 18: no title, no position, and a school where adults have an organisation. */
export function aboutYoung(form: FormState, event: EventDefinition<string>, language: string): Html {
  const { t } = form;
  return html`${textInput(form, {
    path: 'fullName',
    label: t('register.fullName.label'),
    hint: t('complete.fullName.hint'),
    autocomplete: 'name',
  })}${textInput(form, {
    path: 'badgeName',
    label: t('register.badgeName.label'),
    hint: t('complete.badgeName.hint'),
    optional: true,
  })}${textInput(form, {
    path: 'organisation',
    label: t('complete.organisation.label'),
    hint: t('complete.organisation.hint'),
  })}${country(form, event, language)}`;
}

export const youngLabels = (event: EventDefinition<string>, t: SiteTranslate): ReadonlyMap<string, string> =>
  new Map([...fieldLabels(event, t), ['organisation', t('complete.organisation.label')]]);

/** In which language we write to someone, each in its own name. */
export function mailLanguage(form: FormState, { languages }: EventDefinition<string>): Html {
  const [only, another] = languages;
  if (another === undefined) return html`<input type="hidden" name="language" value="${only}">`;
  return choices(form, {
    path: 'language',
    type: 'radio',
    label: form.t('manage.language'),
    choices: languages.map((tag) => ({ value: tag, label: languageName(tag) })),
  });
}
