import { useApp } from '../app-context.ts';
import { LANGUAGES } from '../words.ts';

/** Each language by its own name. */
export function LanguageChoice() {
  const { language, setLanguage, t } = useApp();
  return (
    <fieldset class="languages">
      <legend>{t('settings.language')}</legend>
      {Object.entries(LANGUAGES).map(([tag, name]) => (
        <label key={tag} lang={tag}>
          <input
            type="radio"
            name="language"
            value={tag}
            checked={tag === language}
            onChange={() => setLanguage(tag)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
