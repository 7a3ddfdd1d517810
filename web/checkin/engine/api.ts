import {
  type Anchor,
  afterReload,
  afterSleep,
  better,
  correctedTime,
  type Offset,
  offsetFrom,
  type Reading,
} from '../../../shared/checkin/clock.ts';
import type { ProblemType, SearchLockView } from '../../../shared/kernel/http/problem.schema.ts';
import type { BrowserDeps } from './deps.ts';

const PROBLEM = 'urn:plenary:problem:';

export type ApiAnswer<T> =
  | { readonly kind: 'ok'; readonly body: T }
  /** `type` is absent where what answered is a gateway before our server. */
  | {
      readonly kind: 'problem';
      readonly status: number;
      readonly type?: ProblemType | undefined;
      readonly lock?: SearchLockView | undefined;
    }
  /** No answer of our server came: none at all, or a page of a network that wants a sign-in. */
  | { readonly kind: 'no-answer' };

interface Question {
  readonly path: string;
  readonly token?: string | undefined;
  /** What opens a locked search. */
  readonly unlock?: string | undefined;
  /** What the phone says of itself. */
  readonly state?: string | undefined;
  /** What is posted, as JSON; absent of what is got. */
  readonly body?: string | undefined;
  /** Milliseconds until it counts as unanswered. */
  readonly patience: number;
}

/** Asks the server, and takes the time from whatever it answers. It never throws. */
export type Ask = <T>(question: Question) => Promise<ApiAnswer<T>>;

export function asking(deps: Pick<BrowserDeps, 'fetch' | 'after'>, clock: DeviceClock): Ask {
  return async <T>({ path, token, unlock, state, body, patience }: Question): Promise<ApiAnswer<T>> => {
    const given = new AbortController();
    const callOff = deps.after(patience, () => given.abort());
    const sent = clock.read();
    try {
      const response = await deps.fetch(path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(state !== undefined && { 'phone-state': state }),
          ...(unlock !== undefined && { 'search-unlock': unlock }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body }),
        cache: 'no-store',
        credentials: 'omit',
        // Our API never redirects: what does is a network that wants a sign-in.
        redirect: 'error',
        signal: given.signal,
      });
      const isOurs = /\bjson\b/.test(response.headers.get('content-type') ?? '');
      if (isOurs) clock.learn(sent, response.headers.get('date'));
      if (response.ok) return isOurs ? { kind: 'ok', body: (await response.json()) as T } : { kind: 'no-answer' };
      return { kind: 'problem', status: response.status, ...(isOurs && (await told(response))) };
    } catch (error) {
      // An answer that was cut off on the way is none; one that is no JSON is an answer, but not to what was asked.
      return error instanceof SyntaxError ? { kind: 'problem', status: 0 } : { kind: 'no-answer' };
    } finally {
      callOff();
    }
  };
}

async function told(response: Response): Promise<{ type?: ProblemType; lock?: SearchLockView | undefined }> {
  const { type, lock } = (await response.json()) as { readonly type?: unknown; readonly lock?: SearchLockView };
  const isOurs = typeof type === 'string' && type.startsWith(PROBLEM);
  return isOurs ? { type: type.slice(PROBLEM.length) as ProblemType, lock } : {};
}

/** The time at the door (TK9). */
export interface DeviceClock {
  /** By the server's clock as well as this phone can tell, by its own before it heard of any: whole epoch milliseconds. */
  readonly corrected: () => number;
  /** What is known of the offset, to be kept over a reload. */
  readonly offset: () => Offset | undefined;
  readonly restore: (offset: Offset | undefined) => void;
  /** Takes an answer's `Date` header. @param sent the clocks when the question was asked */
  readonly learn: (sent: Reading, date: string | null) => void;
  readonly read: () => Reading;
  readonly hidden: () => void;
  readonly seen: () => void;
}

export function deviceClock({ now, steady }: Pick<BrowserDeps, 'now' | 'steady'>): DeviceClock {
  let anchor: Anchor | undefined;
  let hiddenAt: Reading | undefined;
  const read = (): Reading => ({ wall: now(), steady: steady() });
  return {
    read,
    corrected: () => Math.round(anchor === undefined ? now() : correctedTime(anchor, read())),
    offset: () => anchor && { offset: anchor.offset, error: anchor.error },
    restore(offset) {
      if (anchor === undefined && offset !== undefined) anchor = afterReload(offset, read());
    },
    learn(sent, date) {
      const serverDate = Date.parse(date ?? '');
      if (Number.isNaN(serverDate)) return;
      const at = read();
      // The steady clock measures how long it took: the other one may have been set meanwhile.
      const exchange = { sentAt: at.wall - (at.steady - sent.steady), receivedAt: at.wall, serverDate };
      anchor = { ...better(anchor, offsetFrom(exchange)), at };
    },
    hidden() {
      hiddenAt = read();
    },
    seen() {
      if (anchor !== undefined && hiddenAt !== undefined) anchor = afterSleep(anchor, hiddenAt, read());
      hiddenAt = undefined;
    },
  };
}
