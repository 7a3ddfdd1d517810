/** What this browser keeps of feedback, in storage that all its tabs share. It is read by these scripts alone, and sent nowhere. */

const tokenKey = (event: string): string => `feedback:${event}`;

/** The token that the holder's page had in it: the last one, where several people use one browser. */
export const keptToken = (event: string): string | undefined => read(tokenKey(event));

/** Of a page of the holder of a link. */
export function keepToken(): void {
  const { event, feedback } = document.querySelector<HTMLElement>('[data-feedback]')?.dataset ?? {};
  if (event !== undefined && feedback !== undefined) write(tokenKey(event), feedback);
}

/** One that no longer opens anything. Not if another one came in its place. */
export function forgetToken(event: string, token: string): void {
  if (keptToken(event) === token) trying(() => localStorage.removeItem(tokenKey(event)));
}

/** What proves that somebody attended, from before it is signed until their answers are counted. Bytes are base64url. */
export interface Kept {
  /** The form's key that signs it. */
  readonly publicKey: string;
  readonly group: 'adult' | 'young';
  readonly labels: { readonly mode: string; readonly category: string };
  /** What is signed, what turns it into what is signed unseen, and back. */
  readonly message: string;
  readonly blinded: string;
  readonly inverse: string;
  /** Once it is signed. */
  readonly signature?: string;
}

/** Counted: nothing is left by which anybody could find out with which answers. */
export const ANSWERED = 'answered';

/** Of one form, and of one person: a browser may be that of a family. */
export interface Place {
  readonly event: string;
  readonly form: string;
  /** As in `keptToken`: its middle part says whose it is. */
  readonly token: string;
}

export const placeKey = ({ event, form, token }: Place): string => `feedback:${event}/${form}/${token.split('.')[1]}`;

export function readKept(place: Place): Kept | typeof ANSWERED | undefined {
  const text = read(placeKey(place));
  return text === undefined ? undefined : trying(() => JSON.parse(text));
}

export const writeKept = (place: Place, kept: Kept | typeof ANSWERED): void =>
  write(placeKey(place), JSON.stringify(kept));

/** Whether anything can be kept: without it, a lost answer would be lost for good. */
export function canKeep(): boolean {
  const key = 'feedback';
  write(key, key);
  const isKept = read(key) === key;
  trying(() => localStorage.removeItem(key));
  return isKept;
}

const read = (key: string): string | undefined => trying(() => localStorage.getItem(key)) ?? undefined;
const write = (key: string, value: string): void => trying(() => localStorage.setItem(key, value));

/** A browser that keeps nothing refuses even to be asked. */
function trying<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
