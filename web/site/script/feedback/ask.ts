/** Milliseconds after which no answer will come any more: a phone between two masts would wait for ever. */
const PATIENCE = 30_000;

/**
 * How whatever is said anonymously is sent: nothing goes along that says by whom, and the browser takes another connection for it than
 * for what is sent with credentials, so that not even that is the same.
 */
export const ANONYMOUSLY = { credentials: 'omit', referrerPolicy: 'no-referrer' } as const satisfies RequestInit;

/**
 * The whole of an answer, with its text.
 *
 * @param otherwise what is said where none comes
 */
export async function answerTo(
  url: string,
  options: RequestInit,
  otherwise: 'offline' | 'unsure' = 'offline',
): Promise<{ readonly response: Response; readonly text: string }> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), PATIENCE);
  try {
    const response = await fetch(url, { cache: 'no-store', ...options, signal: controller.signal });
    return { response, text: await response.text() };
  } catch {
    throw new Stopped(otherwise);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws Refused with the problem that the server answers with */
export async function askJson<T>(url: string, options: RequestInit): Promise<T> {
  const { response, text } = await answerTo(url, options);
  const body = jsonOf(text);
  if (response.ok && body !== undefined) return body as T;
  const { type, title, detail } = (body ?? {}) as Partial<Record<string, string>>;
  // What went wrong on the other side says less than the page's own words.
  if (response.status >= 500 || type === undefined || title === undefined) throw new Stopped('failed');
  throw new Refused(type.replace(/^.*:/, ''), title, detail ?? '');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the page has words for when something does not go as it should. */
export type NoteName = 'no-link' | 'answered' | 'keys-differ' | 'offline' | 'unsure' | 'failed';

/** Why it went no further, as the page says it. */
export class Stopped extends Error {
  readonly note: NoteName;
  constructor(note: NoteName) {
    super(note);
    this.note = note;
  }
}

/** The server's own words of why not, in the language of the page. */
export class Refused extends Error {
  /** `not-attended`: the end of the problem's URN. */
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  constructor(type: string, title: string, detail: string) {
    super(type);
    this.type = type;
    this.title = title;
    this.detail = detail;
  }
}
