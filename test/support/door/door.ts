import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { type SentScan, sentScan } from '../../../shared/checkin/scan/scans.schema.ts';
import type { ProblemType } from '../../../shared/kernel/http/problem.schema.ts';
import { type Desk, deskAnswers, newDesk, written } from './answers.ts';
import type { SampleEvent } from './event.ts';

/**
 * What goes wrong with a request instead of its answer: the connection breaks, a page of the Wi-Fi comes, or a status of the gateway's or one
 * of our problems.
 */
type Fault = 'cut' | 'page' | number | ProblemType;

/** One request, as it came in. */
interface Asked {
  readonly path: string;
  readonly scans: readonly SentScan[];
  /** Of its body. */
  readonly bytes: number;
}

/** Says to phones what the contract lets a server say, and goes wrong as a test tells it. */
export interface Door extends Desk {
  readonly requests: Asked[];
  /** What goes wrong; nothing by default. */
  fault: (asked: Asked) => Fault | undefined;
  /** What is asked is done, but the answer does not arrive. */
  losesAnswers: boolean;
  /** Milliseconds that it takes to keep scans. */
  pause: number;
  /** Offers a code to the next phone. */
  readonly offer: ReturnType<typeof deskAnswers>['offer'];
  /** @param path with its query @param body parsed @returns what is answered, unless the connection breaks */
  readonly answer: (
    path: string,
    headers: Parameters<ReturnType<typeof deskAnswers>['answer']>[1],
    body: unknown,
  ) => Promise<ReturnType<typeof written> | 'cut'>;
}

export function newDoor(event: SampleEvent): Door {
  const desk = newDesk();
  const answers = deskAnswers(event, desk);
  const door: Door = Object.assign(desk, {
    requests: [] as Asked[],
    fault: (_: Asked): Fault | undefined => undefined,
    losesAnswers: false,
    pause: 0,
    offer: answers.offer,
    async answer(path, headers, body) {
      const { pathname } = new URL(path, 'http://door');
      const asked = { path: pathname, scans: scansIn(body), bytes: Buffer.byteLength(JSON.stringify(body ?? '')) };
      door.requests.push(asked);
      const fault = door.fault(asked);
      if (asked.scans.length > 0) await sleep(door.pause);
      const result = fault ?? answers.answer(path, headers, body);
      if (result === 'page') return { status: 200, type: 'text/html', text: '<h1>Sign in to the Wi-Fi</h1>' };
      return door.losesAnswers || result === 'cut' ? 'cut' : written(result);
    },
  } satisfies Omit<Door, keyof Desk>);
  return door;
}

/** A scan that is not as the contract has it is the phone's mistake: the request fails, and the test with it. */
function scansIn(body: unknown): SentScan[] {
  const { scans = [] } = z.object({ scans: z.array(z.unknown()).optional() }).parse(body ?? {});
  return scans.map((each) => sentScan.parse(each));
}
