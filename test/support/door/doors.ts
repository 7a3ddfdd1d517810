import type { BrowserDeps } from '../../../web/checkin/engine/deps.ts';
import type { ScanOutcome } from '../../../web/checkin/engine/engine.ts';
import { type Door, newDoor } from './door.ts';
import { type Guest, type SampleEvent, sampleEvent } from './event.ts';
import { type NodePhone, nodePhone, type Phone } from './node-phone.ts';

/** What happens at the doors of a sample event, whose server does as it is told. */
export interface Doors<Server extends Door = Door> {
  readonly event: SampleEvent;
  readonly server: Server;
  /** Adds people to the roster. */
  readonly invite: (count: number, change?: Parameters<SampleEvent['invite']>[1]) => Promise<Guest[]>;
  /** Lets a phone become a device: it has the roster then, and stands at the entrance. */
  readonly admit: <P extends Phone>(phone: P) => Promise<P>;
  /** New people who are let in by a phone without a network, which stays without one. */
  readonly scanOffline: (phone: Phone, count: number) => Promise<ScanOutcome[]>;
  /** Whether the server has the scan of an outcome. */
  readonly isKept: (outcome: ScanOutcome) => boolean;
  /** Has the server do as it should again. */
  readonly behave: () => void;
}

export function doorsOf<Server extends Door>(event: SampleEvent, server: Server): Doors<Server> {
  let invited = 0;
  const invite: Doors['invite'] = async (count, change) => {
    const numbers = Array.from({ length: count }, () => invited++);
    const guests = await Promise.all(numbers.map((number) => event.invite(number, change)));
    server.guests.push(...guests);
    return guests;
  };
  return {
    ...{ event, server, invite },
    async admit(phone) {
      await phone.enrol(server.offer());
      await phone.shows(({ people, setup }) => setup !== undefined && people === server.guests.length);
      await phone.choose('entrance');
      return phone;
    },
    async scanOffline(phone, count) {
      const guests = await invite(count);
      await phone.sync();
      await phone.disconnect();
      const outcomes: ScanOutcome[] = [];
      for (const { code } of guests) outcomes.push(await phone.read(code));
      const { queue } = await phone.snapshot();
      const isDone = outcomes.every(({ kind }) => kind === 'admit') && queue.waiting === count;
      if (!isDone) throw new Error(`not all ${count} were let in, or wait to be sent`);
      return outcomes;
    },
    isKept: (outcome) => server.kept.has(scanId(outcome)),
    behave() {
      const fault = () => undefined;
      Object.assign(server, {
        fault,
        judge: fault,
        losesAnswers: false,
        isSearchLocked: false,
        isRevoked: false,
        pause: 0,
        pageSize: Number.POSITIVE_INFINITY,
      });
      server.garble = (answers) => answers;
      server.requests.length = 0;
    },
  };
}

/** The same, with phones in the process of the test. */
export interface NodeDoors extends Doors {
  /** A new phone that is no device yet. */
  readonly stranger: (changes?: Partial<BrowserDeps>) => Promise<NodePhone>;
  /** One that is, with the roster, at the entrance. */
  readonly phone: (changes?: Partial<BrowserDeps>) => Promise<NodePhone>;
  readonly stop: () => void;
}

export async function nodeDoors(): Promise<NodeDoors> {
  const event = await sampleEvent();
  const doors = doorsOf(event, newDoor(event));
  const phones: NodePhone[] = [];
  const stranger: NodeDoors['stranger'] = async (changes) => {
    const phone = await nodePhone(doors.server, changes);
    phones.push(phone);
    return phone;
  };
  return {
    ...doors,
    stranger,
    phone: async (changes) => doors.admit(await stranger(changes)),
    stop() {
      for (const phone of phones) phone.close();
    },
  };
}

/** The first of some people, who is there. */
export function firstOf<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error('nobody is there');
  return first;
}

export const scanId = (outcome: ScanOutcome): string => ('scanId' in outcome ? outcome.scanId : '');
