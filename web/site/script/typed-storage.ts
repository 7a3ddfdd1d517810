/**
 * What was typed into a form, in the storage of the tab: it survives a reload and a change of language, is seen by no
 * other tab, never leaves the device, and ends with the tab.
 */
export interface Typed {
  /** The id of the step that was shown. */
  readonly step: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** @param path of the form, as the key: each event has its own */
export function readTyped(path: string): Typed | undefined {
  return JSON.parse(trying(() => sessionStorage.getItem(path)) ?? 'null') ?? undefined;
}

export const storeTyped = (path: string, typed: Typed): void =>
  trying(() => sessionStorage.setItem(path, JSON.stringify(typed)));

export const forgetTyped = (path: string): void => trying(() => sessionStorage.removeItem(path));

/** A browser that keeps nothing refuses even to be asked. */
function trying<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
