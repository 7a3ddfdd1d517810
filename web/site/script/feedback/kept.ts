/** What this browser keeps of feedback, in storage that all its tabs share. It is read by these scripts alone, and sent nowhere. */

const tokenKey = (event: string): string => `feedback:${event}`;

/** Who answers in this browser: of whom a page was opened last, where several people use it. */
export interface Answering {
  /** As the holder's page had it in it. */
  readonly token: string;
  /** To be shown here and sent nowhere; empty where a browser has kept a token alone. */
  readonly name: string;
}

export function keptAnswering(event: string): Answering | undefined {
  const [token, _until, ...name] = read(tokenKey(event))?.split(' ') ?? [];
  return token === undefined ? undefined : { token, name: name.join(' ') };
}

/** Of a page of the holder of a link. */
export function keepToken(): void {
  const { event, feedback, until, name } = document.querySelector<HTMLElement>('[data-feedback]')?.dataset ?? {};
  if (event !== undefined && feedback !== undefined) write(tokenKey(event), `${feedback} ${until} ${name}`);
}

/** One that no longer opens anything, with whose it was. Not if another one came in its place. */
export function forgetToken(event: string, token: string): void {
  if (keptAnswering(event)?.token === token) remove(tokenKey(event));
}

/** Names that are of no use any more, since nothing is to be answered. @param now epoch milliseconds */
export function forgetOver(now: number): void {
  for (const key of trying(() => Object.keys(localStorage)) ?? []) {
    const until = /^feedback:[^/]+$/.test(key) && read(key)?.split(' ')[1];
    if (until && Number(until) <= now) remove(key);
  }
}

/** What proves that an attendee came, from before it is signed until their answers are counted. Bytes are base64url. */
export interface KeptFeedback {
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
export interface KeptPlace {
  readonly event: string;
  readonly form: string;
  /** As in `Answering`: its middle part says whose it is. */
  readonly token: string;
}

export const placeKey = ({ event, form, token }: KeptPlace): string =>
  `feedback:${event}/${form}/${token.split('.')[1]}`;

export function readKept(place: KeptPlace): KeptFeedback | typeof ANSWERED | undefined {
  const text = read(placeKey(place));
  return text === undefined ? undefined : trying(() => JSON.parse(text));
}

export const writeKept = (place: KeptPlace, kept: KeptFeedback | typeof ANSWERED): void =>
  write(placeKey(place), JSON.stringify(kept));

/** Whether anything can be kept: without it, a lost answer would be lost for good. */
export function canKeep(): boolean {
  const key = 'feedback';
  write(key, key);
  const isKept = read(key) === key;
  remove(key);
  return isKept;
}

const read = (key: string): string | undefined => trying(() => localStorage.getItem(key)) ?? undefined;
const write = (key: string, value: string): void => trying(() => localStorage.setItem(key, value));

const remove = (key: string): void => void trying(() => localStorage.removeItem(key));

/** A browser that keeps nothing refuses even to be asked. */
function trying<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
