export interface TimerOptions {
  /** Of the function, for the log. */
  readonly name: string;
  readonly everyMs: number;
  readonly invoke: (event: unknown) => Promise<unknown>;
  readonly log: (line: string) => void;
}

/** EventBridge's schedule: calls a function again and again; a call that fails is not repeated. */
export function startTimer({ name, everyMs, invoke, log }: TimerOptions) {
  let call: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    call = invoke(scheduledEvent(new Date())).catch((error) => log(`The timer of ${name} failed: ${error}`));
  }, everyMs);
  return {
    /** Waits for the call in hand. */
    stop: async () => {
      clearInterval(timer);
      await call;
    },
  };
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
const scheduledEvent = (at: Date) => ({
  version: '0',
  source: 'aws.events',
  'detail-type': 'Scheduled Event',
  time: at.toISOString(),
  resources: [],
  detail: {},
});
