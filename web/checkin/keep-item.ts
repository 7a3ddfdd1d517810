/** Keeps a choice over a reload, where there is room: what was chosen holds without it until then. */
export function keepItem(storage: Storage | undefined, name: string, value: string): void {
  try {
    storage?.setItem(name, value);
  } catch {
    // Full, or closed to this page.
  }
}
