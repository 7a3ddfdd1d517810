/** What may become of one call to AWS. */
export const FAULTS = ['crash before', 'crash after', 'lost reply', 'throttled'] as const;
export type Fault = (typeof FAULTS)[number];

/** Where a client of the SDK meets its faults: after its own middleware for repeating, so that each try is a call. */
export const WHERE = { relation: 'after', toMiddleware: 'retryMiddleware', name: 'meet' } as const;

type Next = (args: never) => Promise<never>;

/**
 * Has calls of clients fail: an instance that crashed reaches nothing any more.
 *
 * @param faults by the call's place in the order of calls, from 0
 */
export function fallible(faults: Readonly<Record<number, Fault>>) {
  const calls: string[] = [];
  let isDead = false;
  const crash = () => {
    isDead = true;
    return new Error('the instance fell');
  };
  const meet = (throttled: () => Error) => (next: Next, context: { commandName?: string }) => async (args: never) => {
    if (isDead) throw crash();
    const fault = faults[calls.length];
    calls.push(String(context.commandName).replace(/Command$/, ''));
    if (fault === 'crash before') throw crash();
    if (fault === 'throttled') throw throttled();
    const answer = await next(args);
    if (fault === 'crash after') throw crash();
    if (fault === 'lost reply') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    return answer;
  };
  return { calls, isDead: () => isDead, meet };
}

export const tooFast = (): Error =>
  Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException', $fault: 'client' });
