import type { Parts } from './parts.ts';
import { asFunction } from './permissions.ts';
import { scan } from './registry.ts';

export interface ReadMail {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
}

/** Housekeeping's timer and the outbox at any instant: what they make and send of what is about an event. */
export async function timedMail(parts: Parts) {
  const { announceInTime } = await import('../../shared/announcements/timed/announce.case.ts');
  const { announceToAll } = await import('../../shared/announcements/timed/announce.case.ts');
  const { deliver } = await import('../../shared/mail/outbox/deliver.case.ts');
  const housekeeping = (await import('../../functions/housekeeping/index.ts')).realDeps();
  const outbox = (await import('../../functions/outbox/index.ts')).realDeps();
  const at = <D extends { readonly system: object }>(deps: D, instant: Date): D => ({
    ...deps,
    system: { ...deps.system, now: () => instant },
  });
  const items = (eventId: string) => scan(parts, 'outbox', { having: { eventId } });

  /** The timer fires; jobs that are there by then are done. */
  async function tick(eventId: string, instant: Date): Promise<void> {
    await asFunction('housekeeping', () => announceInTime(at(housekeeping, instant)));
    for (const { job, ...about } of await items(eventId)) {
      if (job === 'announce')
        await asFunction('housekeeping', () => announceToAll(at(housekeeping, instant), about as never));
    }
  }

  /** Sends what waits, as the outbox does at an instant. */
  async function send(eventId: string, instant: Date): Promise<void> {
    for (const { id, state } of await items(eventId)) {
      if (state === 'pending') await asFunction('outbox', () => deliver(at(outbox, instant), String(id)));
    }
  }

  return {
    tick,
    send,
    /** What was written before has left two hours ago: mail that can wait is not given the last turn of an hour. */
    both: async (eventId: string, instant: string) => {
      await send(eventId, new Date(Date.parse(instant) - 2 * 60 * 60 * 1000));
      await tick(eventId, new Date(instant));
      await send(eventId, new Date(instant));
    },
    /** Every mail that arrived, the oldest first. */
    inbox: async (address: string): Promise<readonly ReadMail[]> => {
      const found = await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(address)}`);
      return ((await found.json()) as ReadMail[]).toReversed();
    },
    raw: async ({ id }: ReadMail): Promise<string> => (await fetch(`${parts.mailbox.url}/messages/${id}/raw`)).text(),
    /** What became of the messages of an event, by kind. */
    states: async (eventId: string) =>
      (await items(eventId))
        .filter(({ announcement }) => announcement !== undefined)
        .map(({ kind, state, failure }) => `${kind}: ${failure ?? state}`)
        .sort(),
  };
}
