/**
 * One line of JSON about an error. Messages of errors may quote what a person typed, so only the error's name and
 * stack frames are kept.
 */
export function logError(message: string, error: unknown, about: Readonly<Record<string, string | number>> = {}): void {
  console.error(JSON.stringify({ level: 'error', message, ...about, ...describe(error) }));
}

/** One line of JSON about something an operator should know; `about` holds ids and codes, never what a person typed. */
export function logWarning(message: string, about: Readonly<Record<string, string | number>>): void {
  console.warn(JSON.stringify({ level: 'warn', message, ...about }));
}

interface AnsweredRequest {
  /** Of the contract: `GET /m/{token}`. */
  readonly routeKey: string;
  readonly status: number | undefined;
  readonly durationMs: number;
  /** API Gateway's, as its own log has it. */
  readonly requestId: string;
}

/** One line of JSON about each request that a function answered. */
export function logRequest(request: AnsweredRequest): void {
  console.info(JSON.stringify({ level: 'info', message: 'request', ...request }));
}

function describe(error: unknown): { error: string; fields?: string[]; stack: string[] } {
  if (!(error instanceof Error)) return { error: typeof error, stack: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { error: error.name, ...fieldsOf(error), stack: frames.map((frame) => frame.trim()) };
}

/** Of an answer or item that does not fit its schema: which fields, without what is in them. */
function fieldsOf(error: Error): { fields?: string[] } {
  const issues = 'issues' in error && Array.isArray(error.issues) ? error.issues : [];
  return issues.length === 0
    ? {}
    : { fields: issues.map((issue: { path?: unknown[] }) => String(issue.path?.join('.'))) };
}

/** What is counted, as CloudWatch knows it. */
export const METRICS = {
  /** SES sent one message twice: two of its mails carry the same id of ours. */
  sentTwice: 'MailSentTwice',
  /** A message was sent again of which nobody knows whether it was sent before. */
  sentAgain: 'MailSentAgain',
  /** A reader was shown English, since their language lacks a text: the log says which. */
  textMissing: 'TextMissing',
  /** A link, a device's token or an invitation that is none, or no longer is one: many are a sign of guessing. */
  tokenRefused: 'TokenRefused',
  /** A code that lets no device in. */
  deviceCodeRefused: 'DeviceCodeRefused',
  /** A person who is signed in asked for what their roles do not open. */
  roleRefused: 'RoleRefused',
  /** People whom the index of an event's people knows otherwise than their registration says. */
  peopleDiffer: 'PeopleDiffer',
} as const;
export type Metric = (typeof METRICS)[keyof typeof METRICS];

export const METRIC_NAMESPACE = 'Plenary';

/**
 * Counts one of something, or more, by a line of the log that CloudWatch reads (embedded metric format).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function count(metric: Metric, now: Date, number = 1): void {
  const CloudWatchMetrics = [
    { Namespace: METRIC_NAMESPACE, Dimensions: [[]], Metrics: [{ Name: metric, Unit: 'Count' }] },
  ];
  console.log(JSON.stringify({ _aws: { Timestamp: now.getTime(), CloudWatchMetrics }, [metric]: number }));
}
