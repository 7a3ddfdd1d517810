import { useDesk } from '../../desk.ts';
import { languageText } from '../../names.ts';
import { t } from '../../words.ts';
import { fieldError, SelectField, TextInput } from './field.tsx';
import { filled } from './typed.tsx';

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
