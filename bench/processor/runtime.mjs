/**
 * A function alone in a process, so that the processor time of the process is that of the function: what Lambda bills, but
 * for the start. Plain JavaScript, so that no compiler works in it.
 */
import { pathToFileURL } from 'node:url';

const { handler } = await import(pathToFileURL(process.argv[2]).href);

process.on('message', async ({ events, atOnce }) => {
  const results = [];
  let next = 0;
  async function lane() {
    while (next < events.length) {
      const place = next;
      next += 1;
      results[place] = await handler(events[place], {});
    }
  }
  const before = process.cpuUsage();
  try {
    await Promise.all(Array.from({ length: atOnce }, lane));
    const { user, system } = process.cpuUsage(before);
    process.send({ results, milliseconds: (user + system) / 1000 });
  } catch (error) {
    process.send({ error: String(error.stack) });
  }
});
process.on('disconnect', () => process.exit());
process.send('ready');
