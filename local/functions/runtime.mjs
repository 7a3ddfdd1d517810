/**
 * Lambda's Node runtime inside a worker: imports the bundle, calls its handler, answers. Plain JavaScript, so that a
 * worker starts without a compiler. Events and results travel as JSON text, as they do to and from Lambda: what JSON
 * cannot carry, a handler cannot receive or return here either.
 */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { bundle, context } = workerData;
const { handler } = await import(pathToFileURL(bundle).href);
if (typeof handler !== 'function') throw new TypeError('the bundle exports no handler');

parentPort.on('message', async ({ id, event, requestId, deadline }) => {
  try {
    const result = await handler(JSON.parse(event), {
      ...context,
      awsRequestId: requestId,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    });
    parentPort.postMessage({ id, result: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    parentPort.postMessage({ id, error: { name, message, stack } });
  }
});
parentPort.postMessage({ ready: true });
