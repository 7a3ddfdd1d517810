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

export interface AnsweredRequest {
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
