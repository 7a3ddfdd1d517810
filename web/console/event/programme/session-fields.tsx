import { ChecksField, LongTextField, SelectField, TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { dayName, languageName, zoneName } from '../../names.ts';
import { t } from '../../words.ts';
import { type ProgrammeAnswer, textIn } from './local-text.ts';
import { LOCAL, type TypedSession } from './typed-session.ts';

interface SessionFieldsProps {
  readonly programme: ProgrammeAnswer;
  readonly typed: TypedSession;
  readonly error: unknown;
  readonly onChange: (typed: TypedSession) => void;
}

/** The labels of all fields by the paths of the request. */
export const sessionLabels = (languages: readonly string[]): Readonly<Record<string, string>> => ({
  'session.day': t('session.day'),
  'session.start': t('session.start'),
  'session.end': t('session.end'),
  'session.meetingUrl': t('session.meetingUrl'),
  'session.signUp': t('session.signUp'),
  'session.audience': t('session.audience'),
  ...Object.fromEntries(
    LOCAL.flatMap((name) =>
      languages.map((language) => [
        `session.${name}.${language}`,
        t('session.inLanguage', { name: t(`session.${name}`), language: languageName(language) }),
      ]),
    ),
  ),
});

export function SessionFields({ programme, typed, error, onChange }: SessionFieldsProps) {
  const { languages, days, categories } = programme;
  const labels = sessionLabels(languages);
  const field = (place: string) => {
    const name = `session.${place}`;
    return {
      name,
      label: labels[name] ?? name,
      value: typed.texts[place] ?? '',
      error: fieldError(error, name),
      onChange: (value: string) => onChange({ ...typed, texts: { ...typed.texts, [place]: value } }),
    };
  };
  const optional = (place: string) => {
    const { label, ...rest } = field(place);
    return { ...rest, label: t('common.optional', { label }) };
  };
  return (
    <>
      {languages.map((language) => (
        <TextField key={language} {...field(`title.${language}`)} lang={language} />
      ))}
      <SelectField
        {...field('day')}
        choices={days.map(({ id, title, date }) => [id, `${textIn(programme, title)}, ${dayName(date)}`] as const)}
      />
      <div class="pair">
        <TextField {...field('start')} type="time" hint={zoneName(programme)} />
        <TextField {...field('end')} type="time" hint={zoneName(programme)} />
      </div>
      {languages.map((language) => (
        <TextField key={language} {...optional(`room.${language}`)} lang={language} />
      ))}
      {languages.map((language) => (
        <LongTextField key={language} {...optional(`abstract.${language}`)} lang={language} />
      ))}
      <TextField {...optional('meetingUrl')} type="url" hint={t('session.meetingUrlHint')} />
      <ChecksField
        name="session.signUp"
        label={t('session.signUp')}
        hint={t('session.signUpHint')}
        choices={[['signUp', t('session.signUpTake')]]}
        chosen={typed.signUp ? ['signUp'] : []}
        error={fieldError(error, 'session.signUp')}
        onChange={(chosen) => onChange({ ...typed, signUp: chosen.length > 0 })}
      />
      <ChecksField
        name="session.audience"
        label={t('session.audience')}
        hint={t('session.audienceHint')}
        choices={categories.map(({ id, title }) => [id, textIn(programme, title)] as const)}
        chosen={typed.audience}
        error={fieldError(error, 'session.audience')}
        onChange={(audience) => onChange({ ...typed, audience })}
      />
    </>
  );
}
