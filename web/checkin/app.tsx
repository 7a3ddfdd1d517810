import { useEffect, useState } from 'preact/hooks';
import { AppProvider, useApp } from './app-context.ts';
import type { Engine, Snapshot } from './engine/engine.ts';
import type { Phone } from './phone.ts';
import { keepPreferences, type Preferences, readPreferences } from './preferences.ts';
import { Standing } from './standing.tsx';
import type { Words } from './words/en.ts';
import { keepLanguage, ownLanguage, wordsOf } from './words.ts';

/** The language of the app, which the page says too: browsers choose fonts and voices by it. */
function useLanguage(storage: Storage | undefined): {
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

/** Says that there is a new version, and waits until staff have a moment for it. */
function UpdateBar() {
  const { phone, words } = useApp();
  const { updates } = phone;
  const [isWaiting, setWaiting] = useState(updates.isWaiting);
  useEffect(() => updates.subscribe(() => setWaiting(updates.isWaiting())), [updates]);
  if (!isWaiting) return null;
  return (
    <div class="update" role="status">
      <p>{words.update.ready}</p>
      <button type="button" class="second" onClick={updates.take}>
        {words.update.take}
      </button>
    </div>
  );
}

/** What the engine shows of itself, now and whenever that changes. */
function useSnapshot({ snapshot, subscribe }: Engine): Snapshot {
  const [shown, setShown] = useState(snapshot);
  useEffect(() => {
    const look = (): void => setShown(snapshot());
    const end = subscribe(look);
    // What changed between the first drawing and this.
    look();
    return end;
  }, [snapshot, subscribe]);
  return shown;
}

interface AppProps {
  readonly engine: Engine;
  readonly phone: Phone;
  /** Of the link that the app was opened with. */
  readonly code: string | undefined;
}

export function App({ engine, phone, code }: AppProps) {
  const snapshot = useSnapshot(engine);
  const spoken = useLanguage(phone.storage);
  const [preferences, setPreferences] = useState(() => readPreferences(phone.storage));
  const keep = (next: Preferences): void => {
    keepPreferences(phone.storage, next);
    setPreferences(next);
  };
  return (
    <AppProvider value={{ engine, snapshot, phone, ...spoken, preferences, setPreferences: keep }}>
      <UpdateBar />
      <Standing code={code} />
    </AppProvider>
  );
}
