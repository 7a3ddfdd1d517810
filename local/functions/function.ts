import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { takeTurns } from '../../shared/kernel/turns.ts';

/**
 * Calls that a worker takes at once. Lambda would start an instance for each; here more would only slow one another
 * down until all time out. A call's time begins with its turn.
 */
const AT_ONCE = 64;

export interface RunningFunction {
  readonly name: string;
  /**
   * Calls the handler with a JSON copy of the event.
   *
   * @throws FunctionError when the handler throws, takes too long or takes its worker down
   */
  invoke(event: unknown): Promise<unknown>;
  /** Loads the bundle before the first call. */
  warmUp(): Promise<void>;
  stop(): Promise<void>;
}

/** A function as Lambda runs it: whatever becomes of one instance, the next call finds another. */
export function startFunction(options: FunctionOptions): RunningFunction {
  const inTurn = takeTurns(AT_ONCE);
  const instances = new Set<Instance>();
  let current: Instance | undefined;
  const instance = (): Instance => {
    if (current !== undefined) return current;
    const started = startInstance(options, () => {
      if (current === started) current = undefined;
    });
    instances.add(started);
    current = started;
    return started;
  };
  return {
    name: options.name,
    invoke: (event) => inTurn(() => instance().call(event)),
    warmUp: () => instance().ready,
    stop: async () => {
      await Promise.all([...instances].map((each) => each.stop()));
    },
  };
}

/** A function that failed, in the words of Lambda's error document: `errorType`, `errorMessage`, `trace`. */
class FunctionError extends Error {
  constructor(type: string, message: string, trace?: string) {
    super(message);
    this.name = type;
    if (trace !== undefined) this.stack = trace;
  }
}

interface Call {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: FunctionError) => void;
  readonly timer: NodeJS.Timeout;
}

type Reply =
  | { readonly ready: true }
  | { readonly id: number; readonly result: string }
  | {
      readonly id: number;
      readonly error: { readonly name: string; readonly message: string; readonly stack?: string };
    };

interface Instance {
  /** Resolves when the bundle is loaded. @throws FunctionError when it cannot be */
  readonly ready: Promise<void>;
  call(event: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/**
 * One worker with the bundle loaded in it. Unlike an instance of Lambda it takes several calls at once: handlers keep
 * no state between awaits, and a laptop has not the memory for one worker a request.
 *
 * @param onRetired called once when it should get no more calls: it crashed, or a call timed out
 */
function startInstance(options: FunctionOptions, onRetired: () => void): Instance {
  const { name, bundle, environment, timeoutMs, memoryMb, log } = options;
  const calls = new Map<number, Call>();
  let lastId = 0;
  let retired = false;
  const worker = new Worker(new URL('runtime.mjs', import.meta.url), {
    // Not this process's own, which load a compiler.
    execArgv: [],
    env: {
      ...LAMBDA_ENVIRONMENT,
      ...environment,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    },
    workerData: { bundle, context: contextOf(name, memoryMb) },
    stdout: true,
    stderr: true,
  });
  for (const stream of [worker.stdout, worker.stderr]) createInterface({ input: stream }).on('line', log);

  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (reply: Reply) => ('ready' in reply ? resolve() : settle(reply)));
    worker.on('error', (error: Error) => {
      log(error.stack ?? String(error));
      end(new FunctionError(error.name, error.message, error.stack));
    });
    worker.on('exit', (code) => end(new FunctionError('Runtime.ExitError', `Runtime exited with code ${code}`)));
    function end(error: FunctionError): void {
      retire();
      reject(error);
      for (const id of [...calls.keys()]) take(id)?.reject(error);
    }
  });
  // Calls report it; nobody may be waiting for the start.
  ready.catch(() => undefined);

  function retire(): void {
    if (retired) return;
    retired = true;
    onRetired();
  }

  function take(id: number): Call | undefined {
    const call = calls.get(id);
    clearTimeout(call?.timer);
    calls.delete(id);
    return call;
  }

  function settle(reply: Exclude<Reply, { ready: true }>): void {
    const call = take(reply.id);
    if ('error' in reply) {
      log(reply.error.stack ?? reply.error.message);
      call?.reject(new FunctionError(reply.error.name, reply.error.message, reply.error.stack));
    } else call?.resolve(JSON.parse(reply.result));
    stopIfDone();
  }

  function stopIfDone(): void {
    if (retired && calls.size === 0) void worker.terminate();
  }

  return {
    ready,
    call: (event) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        const id = lastId;
        const timer = setTimeout(() => {
          const seconds = (timeoutMs / 1000).toFixed(2);
          log(`Task timed out after ${seconds} seconds`);
          retire();
          take(id)?.reject(new FunctionError('Sandbox.Timedout', `Task timed out after ${seconds} seconds`));
          stopIfDone();
        }, timeoutMs);
        calls.set(id, { resolve, reject, timer });
        const request = { requestId: randomUUID(), deadline: Date.now() + timeoutMs };
        worker.postMessage({ id, event: JSON.stringify(event), ...request });
      }),
    stop: async () => {
      await worker.terminate();
    },
  };
}

/** What Lambda itself sets, as far as programs look at it. */
const LAMBDA_ENVIRONMENT = {
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  _HANDLER: 'index.handler',
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
};

const contextOf = (functionName: string, memoryMb: number) => ({
  functionName,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
  memoryLimitInMB: String(memoryMb),
  logGroupName: `/aws/lambda/${functionName}`,
  logStreamName: 'local',
});

export interface FunctionOptions {
  readonly name: string;
  /** An `.mjs` file that exports `handler`. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** Gets every line that the function writes, and its failures. */
  readonly log: (line: string) => void;
}
