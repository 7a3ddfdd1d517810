import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Engine, Snapshot } from './engine/engine.ts';
import type { Preferences } from './preferences.ts';
import type { CodeReader } from './scan/code-reader.ts';
import type { Sounds } from './sounds.ts';
import type { Spoken } from './words.ts';
import type { Updates } from './worker/updates.ts';

/** What every screen may use. */
interface AppContext extends Spoken {
  readonly engine: Engine;
  readonly snapshot: Snapshot;
  readonly phone: Phone;
  /** Keeps it, and speaks it once its words are there. */
  readonly setLanguage: (tag: string) => void;
  readonly preferences: Preferences;
  readonly setPreferences: (preferences: Preferences) => void;
}

const Context = createContext<AppContext | undefined>(undefined);

export const AppProvider = Context.Provider;

export function useApp(): AppContext {
  const app = useContext(Context);
  if (app === undefined) throw new Error('outside of the app');
  return app;
}

/** What of the phone the screens use, besides the page itself. */
export interface Phone {
  /** Epoch milliseconds by its clock. */
  readonly now: () => number;
  /** Absent where the browser keeps nothing. */
  readonly storage: Storage | undefined;
  /** Made when a code is first looked for: a scanner with keys needs none. */
  readonly reader: () => CodeReader;
  readonly sounds: Sounds;
  readonly updates: Updates;
}
