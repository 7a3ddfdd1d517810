/**
 * One line of JSON about an error. Messages of errors may quote what a person typed, so only the error's name and
 * stack frames are kept.
 */
export function logError(message: string, error: unknown, about: Readonly<Record<string, string | number>> = {}): void {
  console.error(JSON.stringify({ level: 'error', message, ...about, ...describe(error) }));
}

function describe(error: unknown): { error: string; stack: string[] } {
  if (!(error instanceof Error)) return { error: typeof error, stack: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { error: error.name, stack: frames.map((frame) => frame.trim()) };
}
