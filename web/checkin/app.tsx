import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { AppProvider, type Phone, useApp } from './app-context.ts';
import type { Engine, Snapshot } from './engine/engine.ts';
import { keepPreferences, type Preferences, readPreferences } from './preferences.ts';
import { StatusScreen } from './standing.tsx';
import { keepLanguage, type Spoken, speak } from './words.ts';

/** The language of the app, which the page says too: browsers choose fonts and voices by it. */
function useLanguage(
  storage: Storage | undefined,
  first: Spoken,
): Spoken & { readonly setLanguage: (tag: string) => void } {
  const [spoken, setSpoken] = useState(first);
  const { language, t } = spoken;
  const wanted = useRef(language);
  // Together with what is said in it.
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.title = t('common.title');
  }, [language, t]);
  return {
    ...spoken,
    setLanguage: (tag) => {
      wanted.current = tag;
      speak(tag).then(
        (words) => {
          // Of two quick choices the last one counts, whichever words come first.
          if (wanted.current !== tag) return;
          keepLanguage(storage, tag);
          setSpoken(words);
        },
        () => {},
      );
    },
  };
}

/** Says that there is a new version, and waits until staff have a moment for it. */
function UpdateBar() {
  const { phone, t } = useApp();
  const { updates } = phone;
  const [isWaiting, setWaiting] = useState(updates.isWaiting);
  useEffect(() => updates.subscribe(() => setWaiting(updates.isWaiting())), [updates]);
  if (!isWaiting) return null;
  return (
    <div class="update" role="status">
      <p>{t('update.ready')}</p>
      <button type="button" class="second" onClick={updates.take}>
        {t('update.take')}
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
  /** What it speaks at first. */
  readonly spoken: Spoken;
}

export function CheckInApp({ engine, phone, code, spoken }: AppProps) {
  const snapshot = useSnapshot(engine);
  const language = useLanguage(phone.storage, spoken);
  const [preferences, setPreferences] = useState(() => readPreferences(phone.storage));
  const keep = (next: Preferences): void => {
    keepPreferences(phone.storage, next);
    setPreferences(next);
  };
  return (
    <AppProvider value={{ engine, snapshot, phone, ...language, preferences, setPreferences: keep }}>
      {snapshot.setup?.event.rehearsal && (
        <p class="rehearsal" role="status">
          {language.t('common.rehearsal')}
        </p>
      )}
      <UpdateBar />
      <StatusScreen code={code} />
    </AppProvider>
  );
}
