/** What the staff at the phone chose for it. */
export interface Preferences {
  readonly hasSound: boolean;
  /** Which camera; that at the back where absent. */
  readonly camera?: string | undefined;
}

const KEY = 'plenary-checkin-preferences';

/** @param storage absent where the browser keeps nothing */
export function readPreferences(storage: Storage | undefined): Preferences {
  try {
    const kept: Partial<Preferences> = JSON.parse(storage?.getItem(KEY) ?? '{}');
    return { hasSound: kept.hasSound !== false, camera: typeof kept.camera === 'string' ? kept.camera : undefined };
  } catch {
    return { hasSound: true };
  }
}

export function keepPreferences(storage: Storage | undefined, preferences: Preferences): void {
  keepItem(storage, KEY, JSON.stringify(preferences));
}

/** Keeps a choice over a reload, where there is room: what was chosen holds without it until then. */
export function keepItem(storage: Storage | undefined, name: string, value: string): void {
  try {
    storage?.setItem(name, value);
  } catch {
    // Full, or closed to this page.
  }
}
