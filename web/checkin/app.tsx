import { useState } from 'preact/hooks';
import { AppProvider } from './app-context.ts';
import type { Engine } from './engine/engine.ts';
import { UpdateBar } from './parts/update-bar.tsx';
import type { Phone } from './phone.ts';
import { keepPreferences, type Preferences, readPreferences } from './preferences.ts';
import { Standing } from './standing.tsx';
import { useLanguage } from './use-language.ts';
import { useSnapshot } from './use-snapshot.ts';

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
