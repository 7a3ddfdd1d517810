/**
 * People who open the page of their mail, alone in a process: what asks must not take the processor's time of what answers, nor hide it. Plain
 * JavaScript, as what runs it (`processor/runtime.mjs`).
 */
import { Agent, get } from 'node:http';

/**
 * Loads pages in turn, always so many at once, as browsers that have no copy of them.
 *
 * @param {{ pages: { url: string, names: string }[], loads: number, atOnce: number }} asked `names`: what the page of that link alone says
 * @returns seconds in all, milliseconds of each, and what was wrong with each that was no page, or another's
 */
export async function handler({ pages, loads, atOnce }) {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const durations = [];
  const errors = [];
  let next = 0;
  async function lane() {
    while (next < loads) {
      const { url, names } = pages[next % pages.length];
      next += 1;
      const begun = performance.now();
      const wrong = await load(agent, url, names).catch((error) => String(error));
      if (wrong === undefined) durations.push(performance.now() - begun);
      else errors.push(wrong);
    }
  }
  const begun = performance.now();
  await Promise.all(Array.from({ length: atOnce }, lane));
  const seconds = (performance.now() - begun) / 1000;
  agent.destroy();
  return { seconds, durations, errors };
}

/** @returns what was wrong with it */
const load = (agent, url, names) =>
  new Promise((resolve, reject) => {
    // What compresses is CloudFront: the page is asked for as it comes.
    const request = get(url, { agent, headers: { accept: 'text/html' } }, (response) => {
      const parts = [];
      response.on('error', reject);
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        const body = Buffer.concat(parts).toString();
        if (response.statusCode !== 200) resolve(`${response.statusCode} ${body.slice(0, 200)}`);
        else resolve(body.includes(names) ? undefined : `no page of ${names}`);
      });
    });
    request.on('error', reject);
  });
