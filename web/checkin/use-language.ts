import { useEffect, useState } from 'preact/hooks';
import type { Words } from './words/en.ts';
import { keepLanguage, ownLanguage, wordsOf } from './words.ts';

/** The language of the app, which the page says too: browsers choose fonts and voices by it. */
export function useLanguage(storage: Storage | undefined): {
  readonly language: string;
  readonly words: Words;
  readonly setLanguage: (tag: string) => void;
} {
  const [language, setLanguage] = useState(() => ownLanguage(storage, navigator.languages));
  const words = wordsOf(language);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = words.title;
  }, [language, words]);
  return {
    language,
    words,
    setLanguage: (tag) => {
      keepLanguage(storage, tag);
      setLanguage(tag);
    },
  };
}
