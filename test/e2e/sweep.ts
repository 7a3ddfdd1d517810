/**
 * Has what waits sent now, as the timer does within a minute.
 *
 * @param operator where functions are invoked by name
 */
export async function sweepNow(operator: string): Promise<void> {
  await fetch(`${operator}/2015-03-31/functions/outbox/invocations`, { method: 'POST', body: '{}' });
}
