import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What came of a number of calls. */
export interface Work {
  readonly results: readonly unknown[];
  /** Of the processor: user and system time of the whole process, what collects garbage included. */
  readonly milliseconds: number;
}

export interface LoneFunction {
  /** Calls the handler with each event, always so many at once. @throws Error when it throws */
  readonly run: (events: readonly unknown[], atOnce: number) => Promise<Work>;
  readonly stop: () => Promise<void>;
}

type Reply = 'ready' | Work | { readonly error: string };

const RUNTIME = fileURLToPath(new URL('runtime.mjs', import.meta.url));

/** A bundle in a process of its own, with the environment of this one. */
export async function startLoneFunction(bundle: string): Promise<LoneFunction> {
  // It says of each request that it answered it.
  const child = fork(RUNTIME, [resolve(bundle)], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  await nextReply(child);
  return {
    async run(events, atOnce) {
      const reply = nextReply(child);
      child.send({ events, atOnce });
      const done = await reply;
      if (done === 'ready') throw new Error('the function began anew');
      if ('error' in done) throw new Error(done.error);
      return done;
    },
    stop: () => {
      child.disconnect();
      return ended;
    },
  };
}

function nextReply(child: ChildProcess): Promise<Reply> {
  return new Promise((done, fail) => {
    const onExit = (code: number | null) => fail(new Error(`the function ended with ${code}`));
    child.once('exit', onExit);
    child.once('message', (reply) => {
      child.removeListener('exit', onExit);
      done(reply as Reply);
    });
  });
}
