import { useDesk } from '../../desk.ts';
import { LongTextField, TextField } from '../../kernel/form/field.tsx';
import { languageName } from '../../names.ts';
import { words } from '../../words.ts';
import type { Draft, Written } from './draft.ts';

interface WordsFieldsProps {
  readonly written: Draft['words'];
  readonly errorOf: (path: string) => string | undefined;
  readonly onChange: (written: Draft['words']) => void;
}

const NOTHING: Written = { subject: '', text: '' };

/** What it says, the event's languages side by side. */
export function WordsFields({ written, errorOf, onChange }: WordsFieldsProps) {
  const { event } = useDesk();
  const field = (language: string, name: keyof Written) => ({
    name: `words.${language}.${name}`,
    label: words.messages.in(words.messages[name], languageName(language)),
    lang: language,
    value: written[language]?.[name] ?? '',
    error: errorOf(`words.${language}.${name}`),
    onChange: (value: string) =>
      onChange({ ...written, [language]: { ...(written[language] ?? NOTHING), [name]: value } }),
  });
  return (
    <div class="languages">
      {event.languages.map((language) => (
        <div key={language}>
          <TextField {...field(language, 'subject')} />
          <LongTextField {...field(language, 'text')} rows={10} />
        </div>
      ))}
    </div>
  );
}

/** By the path of each field. */
export const labelsOf = (languages: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...(['statuses', 'categories', 'modes', 'sessions'] as const).map((name) => [
      `segment.${name}`,
      words.messages[name],
    ]),
    ...languages.flatMap((language) =>
      (['subject', 'text'] as const).map((name) => [
        `words.${language}.${name}`,
        words.messages.in(words.messages[name], languageName(language)),
      ]),
    ),
  ]);
