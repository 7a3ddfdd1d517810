/** What this browser keeps of feedback, in storage that all its tabs share and that nothing else reads. */

const tokenKey = (event: string): string => `feedback:${event}`;

/** The token that the holder's page had in it: the last one, where several people use one browser. */
export const keptToken = (event: string): string | undefined =>
  trying(() => localStorage.getItem(tokenKey(event))) ?? undefined;

/** Of a page of the holder of a link. */
export function keepToken(): void {
  const { event, feedback } = document.querySelector<HTMLElement>('[data-feedback]')?.dataset ?? {};
  if (event !== undefined && feedback !== undefined) trying(() => localStorage.setItem(tokenKey(event), feedback));
}

/** A browser that keeps nothing refuses even to be asked. */
export function trying<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
