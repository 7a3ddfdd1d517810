import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Engine, Snapshot } from './engine/engine.ts';
import type { Phone } from './phone.ts';
import type { Preferences } from './preferences.ts';
import type { Spoken } from './words.ts';

/** What every screen may use. */
export interface AppContext extends Spoken {
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
