import { useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { countryChoices, languageText } from '../../names.ts';
import { t } from '../../words.ts';
import { ChecksField, fieldError, SelectField, TextInput } from './field.tsx';
import { filled, useTyped } from './typed.tsx';

/** What is typed of someone, all of it text. */
export interface TypedPerson {
  readonly fullName: string;
  readonly email: string;
  readonly position: string;
  readonly honorific: string;
  readonly badgeName: string;
  readonly nativeName: string;
  readonly language: string;
}

/** @param language of the mails to them, unless another is chosen */
export const emptyPerson = (language: string): TypedPerson => ({
  fullName: '',
  email: '',
  position: '',
  honorific: '',
  badgeName: '',
  nativeName: '',
  language,
});

export const personLabels: Readonly<Record<string, string>> = {
  fullName: t('fact.fullName'),
  email: t('fact.email'),
  position: t('fact.position'),
  honorific: t('fact.honorific'),
  badgeName: t('fact.badgeName'),
  nativeName: t('fact.nativeName'),
};

/** What everyone has is sent even where it was left empty: it is refused, and said at its field. */
export const personBody = ({ fullName, email, position, ...others }: TypedPerson) => ({
  fullName,
  email,
  position,
  ...filled(others),
});

interface PersonFieldsProps {
  readonly person: TypedPerson;
  readonly error: unknown;
  readonly onChange: (person: TypedPerson) => void;
}

const FIELDS = ['honorific', 'fullName', 'email', 'position', 'badgeName', 'nativeName'] as const;
const OPTIONAL: readonly string[] = ['honorific', 'badgeName', 'nativeName'];

export function PersonFields({ person, error, onChange }: PersonFieldsProps) {
  const { event } = useDesk();
  return (
    <>
      {FIELDS.map((name) => (
        <TextInput
          key={name}
          name={name}
          type={name === 'email' ? 'email' : 'text'}
          label={OPTIONAL.includes(name) ? t('common.optional', { label: t(`fact.${name}`) }) : t(`fact.${name}`)}
          value={person[name]}
          error={fieldError(error, name)}
          onChange={(value) => onChange({ ...person, [name]: value })}
        />
      ))}
      <SelectField
        name="language"
        label={t('fact.language')}
        hint={t('common.languageHint')}
        choices={event.languages.map((tag) => [tag, languageText(tag)] as const)}
        value={person.language}
        onChange={(language) => onChange({ ...person, language })}
      />
    </>
  );
}

const ATTENDING = {
  organisation: t('fact.organisation'),
  country: t('fact.country'),
  category: t('fact.category'),
  mode: t('fact.mode'),
};
export const attendeeLabels = { ...personLabels, ...ATTENDING, days: t('fact.days') };

/** Someone whom the team registers: their fields, and what is typed into them. @param error of the last attempt to send it */
export function useAttendee(error: unknown) {
  const { event } = useDesk();
  const [person, setPerson] = useState(() => emptyPerson(event.languages[0] ?? ''));
  const begin = { organisation: '', country: '', category: '', mode: event.modes[0]?.id ?? 'in-person' };
  const { typed, field } = useTyped<keyof typeof begin>(begin, ATTENDING, error);
  const [days, setDays] = useState<readonly string[]>(event.days.map(({ id }) => id));
  const fields = (
    <>
      <PersonFields person={person} error={error} onChange={setPerson} />
      <TextInput {...field('organisation')} />
      <SelectField {...field('country')} choices={countryChoices(event, t('common.chooseCountry'))} />
      <SelectField {...field('category')} choices={[['', t('common.chooseGroup')], ...titled(event.categories)]} />
      <SelectField {...field('mode')} choices={titled(event.modes)} />
      <ChecksField
        name="days"
        label={attendeeLabels.days}
        choices={titled(event.days)}
        chosen={days}
        error={fieldError(error, 'days')}
        onChange={setDays}
      />
    </>
  );
  return { fields, typed, days, email: person.email, body: { ...typed, ...personBody(person), days: [...days] } };
}

export const titled = (parts: readonly { readonly id: string; readonly title: string }[]) =>
  parts.map(({ id, title }) => [id, title] as const);
