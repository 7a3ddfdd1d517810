import { categoriesFor } from '../../../../shared/event/definition/offered-to.ts';
import { openModes } from '../../../../shared/event/event-standing.ts';
import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import { useDesk } from '../../desk.ts';
import { ChecksField, fieldError, SelectField, TextInput } from '../../kernel/form/field.tsx';
import { QuestionField } from '../../kernel/form/question-field.tsx';
import { countryChoices, countryText, languageText, nameOfDay } from '../../names.ts';
import { t } from '../../words.ts';
import { type ChangeForm, filledForm, questionsOf, type Touched } from './change-form.ts';

/** Other forms of the page have fields of the same names. */
export const changeFieldId = (path: string): string => `amend-${path}`;

const TEXTS = ['honorific', 'fullName', 'badgeName', 'nativeName', 'position', 'organisation'] as const;
const OPTIONAL: readonly string[] = ['honorific', 'badgeName', 'nativeName'];
const CHOSEN = ['country', 'category', 'mode', 'language', 'days', 'sessions', 'closedSessions'] as const;

/** What each field is called, by its path. */
export function changeLabels(questions: ReturnType<typeof questionsOf>): Readonly<Record<string, string>> {
  const own = [...TEXTS, ...CHOSEN].map((name) => [name, t(`fact.${name}`)] as const);
  const asked = questions.map(([{ id, title }]) => [`answers.${id}`, title] as const);
  return Object.fromEntries([...own, ...asked, ['withdrawn', t('amend.withdrawn')]]);
}

interface ChangeFieldsProps {
  readonly one: OrganiserRegistration;
  readonly touched: Touched;
  readonly error: unknown;
  readonly onChange: (touched: Touched) => void;
}

/** All that the event lets someone say of themselves, as they said it; questions come and go with what they depend on. */
export function ChangeFields({ one, touched, error, onChange }: ChangeFieldsProps) {
  const { event, grants } = useDesk();
  const form = filledForm(one, touched);
  const questions = questionsOf(event, grants, one, touched);
  const labels = changeLabels(questions);
  const set = (fields: Partial<ChangeForm>) => onChange({ ...touched, fields: { ...touched.fields, ...fields } });
  const shown = (path: string) => ({
    name: changeFieldId(path),
    label: labels[path] ?? path,
    error: fieldError(error, path),
  });
  const field = (name: (typeof TEXTS)[number] | 'country' | 'category' | 'mode' | 'language') => ({
    ...shown(name),
    ...(OPTIONAL.includes(name) && { label: t('common.optional', { label: labels[name] ?? name }) }),
    value: form[name],
    onChange: (value: string) => set({ [name]: value }),
  });
  const checks = (name: 'days' | 'sessions' | 'withdrawn') => ({
    ...shown(name),
    chosen: form[name],
    onChange: (chosen: readonly string[]) => set({ [name]: chosen }),
  });
  const titled = (parts: readonly { readonly id: string; readonly title: string }[]) =>
    parts.map(({ id, title }) => [id, title] as const);
  const texts = TEXTS.filter((name) => name !== 'position' || one.ageBand !== 'minor');
  const offered = countryChoices(event, t('common.chooseCountry'));
  // One that the event does not offer any more is theirs all the same.
  const own = offered.some(([code]) => code === one.country)
    ? []
    : [[one.country, countryText(event, one.country)] as const];
  // So is a language.
  const languages = [...new Set([...event.languages, one.language])];
  const sessions = event.sessions.filter(({ signUp, day }) => signUp && form.days.includes(day));
  const given = event.consents.filter(({ id, required }) => !required && one.consents[id] !== undefined);
  return (
    <>
      {texts.map((name) => (
        <TextInput key={name} {...field(name)} />
      ))}
      <SelectField {...field('country')} choices={[...offered, ...own]} />
      <SelectField {...field('category')} choices={titled(categoriesFor(event, one.ageBand ?? 'adult'))} />
      <SelectField {...field('mode')} choices={titled(openModes(event))} />
      <ChecksField {...checks('days')} choices={event.days.map(({ id }) => [id, nameOfDay(event, id)] as const)} />
      {sessions.length > 0 && <ChecksField {...checks('sessions')} choices={titled(sessions)} />}
      <ChecksField
        {...shown('closedSessions')}
        choices={[['yes', t('common.yes')]]}
        chosen={form.closedSessions ? ['yes'] : []}
        onChange={(chosen) => set({ closedSessions: chosen.length > 0 })}
      />
      {questions.map(([question, value]) => (
        <QuestionField
          key={question.id}
          {...shown(`answers.${question.id}`)}
          {...(!question.required && { label: t('common.optional', { label: question.title }) })}
          event={event}
          question={question}
          value={value}
          onChange={(answer) => onChange({ ...touched, answers: { ...touched.answers, [question.id]: answer } })}
        />
      ))}
      <SelectField
        {...field('language')}
        hint={t('common.languageHint')}
        choices={languages.map((tag) => [tag, languageText(tag)] as const)}
      />
      {given.length > 0 && (
        <ChecksField {...checks('withdrawn')} hint={t('amend.withdrawnHint')} choices={titled(given)} />
      )}
    </>
  );
}
