import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import type { Companion } from '../../../shared/checkin/holder.ts';
import type { BrowserDeps } from '../../../web/checkin/engine/deps.ts';
import type { Engine, ScanOutcome, Snapshot } from '../../../web/checkin/engine/engine.ts';
import { startEngine } from '../../../web/checkin/engine/start.ts';
import type { Door } from './door.ts';

/** A phone at a door: the engine, wherever it runs. */
export interface Phone {
  readonly snapshot: () => Promise<Snapshot>;
  readonly enrol: (code: string) => Promise<void>;
  readonly choose: (list: string, direction?: 'in' | 'out') => Promise<void>;
  readonly read: (code: string) => Promise<ScanOutcome>;
  readonly letIn: (reason?: string) => Promise<ScanOutcome>;
  readonly leave: (companion?: Companion) => Promise<ScanOutcome>;
  readonly readCompanion: (code: string) => Promise<ScanOutcome | undefined>;
  readonly stays: () => Promise<void>;
  readonly undo: (...scanIds: readonly string[]) => Promise<void>;
  readonly sync: () => Promise<void>;
  /** Waits until what the phone says of itself fits. */
  readonly shows: (wanted: (snapshot: Snapshot) => boolean) => Promise<Snapshot>;
  /** Takes its network away. */
  readonly disconnect: () => Promise<void>;
  /** Gives it back. */
  readonly reconnect: () => Promise<void>;
}

/** A phone whose engine runs in the process of the test, by its clocks. */
export interface NodePhone extends Phone {
  /** The one that runs now. */
  readonly engine: () => Engine;
  /** Throws the page away, and opens it anew on what was kept. */
  readonly reopen: () => Promise<void>;
  readonly close: () => void;
}

/** Milliseconds from which a pause is one between two tries or looks, and by how much it is shorter here. */
const [PAUSE_MS, SHORTER] = [4000, 40];
/** Milliseconds after which what is waited for is held to hang, and between two looks. */
const [PATIENCE_MS, OFTEN_MS] = [60_000, 5];

/** @param changes of what the engine asks of the browser */
export async function nodePhone(door: Door, changes: Partial<BrowserDeps> = {}): Promise<NodePhone> {
  const timers = new Set<NodeJS.Timeout>();
  const listeners: (() => void)[] = [];
  let isOnline = true;
  const deps: BrowserDeps = {
    async fetch(path, { headers, body }) {
      const asked = typeof body === 'string' ? JSON.parse(body) : undefined;
      const result = isOnline ? await door.answer(path, Object.fromEntries(new Headers(headers)), asked) : 'cut';
      if (result === 'cut') throw new TypeError('Failed to fetch');
      const { status, type, text } = result;
      return new Response(text, { status, headers: { 'content-type': type, date: new Date().toUTCString() } });
    },
    indexedDB: new IDBFactory(),
    locks: undefined,
    storage: undefined,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    chance: Math.random,
    now: Date.now,
    steady: () => performance.now(),
    isOnline: () => isOnline,
    isVisible: () => true,
    watch: ({ network }) => listeners.push(network),
    after(milliseconds, work) {
      const timer = setTimeout(work, milliseconds < PAUSE_MS ? milliseconds : milliseconds / SHORTER);
      timers.add(timer);
      return () => clearTimeout(timer);
    },
    version: 'in this process',
    tabs: () => () => undefined,
    ...changes,
  };
  let engine = await startEngine(deps);

  function close(): void {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    listeners.length = 0;
  }

  return {
    engine: () => engine,
    close,
    async reopen() {
      close();
      engine = await startEngine(deps);
    },
    snapshot: async () => engine.snapshot(),
    enrol: (code) => engine.enrol(code),
    async choose(list, direction = 'in') {
      await engine.chooseDoor(list);
      await engine.chooseDirection(direction);
    },
    read: (code) => engine.read(code),
    letIn: (reason) => engine.letInAnyway(reason),
    leave: (companion) => engine.leave(companion),
    readCompanion: (code) => engine.readCompanion(code),
    stays: async () => engine.stays(),
    undo: (...scanIds) => engine.undo(...scanIds),
    sync: () => engine.sync(),
    async shows(wanted) {
      for (const until = Date.now() + PATIENCE_MS; ; ) {
        const now = engine.snapshot();
        if (wanted(now)) return now;
        if (Date.now() > until) throw new Error(`the phone shows ${JSON.stringify({ ...now, setup: undefined })}`);
        await new Promise((resolve) => setTimeout(resolve, OFTEN_MS));
      }
    },
    async disconnect() {
      isOnline = false;
      for (const network of listeners) network();
    },
    async reconnect() {
      isOnline = true;
      for (const network of listeners) network();
    },
  };
}
