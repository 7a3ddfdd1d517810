import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { BrowserDeps } from '../../../web/checkin/engine/deps.ts';
import type { Engine } from '../../../web/checkin/engine/engine.ts';
import { startEngine } from '../../../web/checkin/engine/start.ts';
import type { Course } from './course.ts';

/** What becomes of a request on its way. */
type Fate = 'answered' | 'lost' | 'answer-lost' | 'twice' | 'late';

/** A phone with the real engine, in a world whose time and network are a test's. */
export interface SimulatedPhone {
  readonly engine: () => Engine;
  /** Throws the page away, and opens it anew on what was kept. @param skew by which its clock is ahead from now on, milliseconds */
  readonly reload: (skew?: number) => Promise<void>;
  network: 'good' | 'bad' | 'none';
}

export interface World {
  readonly course: Course;
  /** The server's clock, epoch milliseconds: a test lets it pass. */
  now: number;
  /** Answers a request, as if it had just arrived. */
  readonly serve: (path: string, init: RequestInit) => Promise<Response>;
  /** Whether phones begin without a network. */
  readonly isReachable?: false;
  /** Requests that arrive long after their phone gave them up. */
  readonly late: (() => Promise<unknown>)[];
}

/**
 * @param ahead milliseconds by which its clock is ahead
 * @param indexedDB what it keeps: nothing yet, unless it is said
 */
export async function simulatedPhone(
  world: World,
  ahead: number,
  indexedDB: IDBFactory = new IDBFactory(),
): Promise<SimulatedPhone> {
  const { course } = world;
  let bootedAt = world.now;
  let skew = ahead;
  let engine: Engine;
  const phone: SimulatedPhone = {
    network: world.isReachable === false ? 'none' : 'good',
    engine: () => engine,
    async reload(next = skew) {
      bootedAt = world.now;
      skew = next;
      engine = await startEngine(deps);
    },
  };

  async function fetch(path: string, init: RequestInit): Promise<Response> {
    const fate = fateOf(phone.network, course);
    const lost = () => Promise.reject(new TypeError('Failed to fetch'));
    if (fate === 'lost') return lost();
    if (fate === 'late') {
      world.late.push(() => world.serve(path, init));
      return lost();
    }
    const response = await world.serve(path, init);
    if (fate === 'answer-lost') return lost();
    return fate === 'twice' ? world.serve(path, init) : response;
  }

  const deps: BrowserDeps = {
    fetch,
    indexedDB,
    locks: undefined,
    storage: undefined,
    random: course.bytes,
    chance: course.chance,
    now: () => world.now + skew,
    steady: () => world.now - bootedAt,
    isOnline: () => phone.network !== 'none',
    isVisible: () => true,
    watch: () => undefined,
    // Nothing happens by itself: the test says when phones and server talk.
    after: () => () => undefined,
    version: 'simulated',
    tabs: () => () => undefined,
  };
  await phone.reload();
  return phone;
}

function fateOf(network: SimulatedPhone['network'], { pick }: Course): Fate {
  if (network === 'none') return 'lost';
  return network === 'good' ? 'answered' : pick(['answered', 'answered', 'lost', 'answer-lost', 'twice', 'late']);
}
