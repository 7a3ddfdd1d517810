import { kindsWhere } from '../kinds.ts';

const CAUSED_BY_FORMS: ReadonlySet<string> = new Set(kindsWhere({ repeats: ['once', 'again'] }));

const MINUTE = 60_000;
/** Minutes back that are still counted: what was written in one may arrive here much later. */
const REMEMBERED = 10;

export interface NewMessage {
  readonly kind: string;
  readonly eventId: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

export interface AttackWatch {
  /** @returns how many the busiest minute had of each event among these messages, with all that were seen before */
  readonly note: (messages: readonly NewMessage[], now: Date) => ReadonlyMap<string, number>;
}

/**
 * Counts what forms cause, by the minute in which it was written, as one instance sees it: an attack is far above what
 * anyone does, so it need not be exact. Off the path of a person who registers.
 */
export function attackWatch(): AttackWatch {
  const counts = new Map<string, number>();

  return {
    note(messages, now) {
      const busiest = new Map<string, number>();
      for (const { eventId, createdAt } of messages.filter(({ kind }) => CAUSED_BY_FORMS.has(kind))) {
        const minute = Math.floor(Date.parse(createdAt) / MINUTE);
        const key = `${minute}#${eventId}`;
        const count = (counts.get(key) ?? 0) + 1;
        counts.set(key, count);
        busiest.set(eventId, Math.max(count, busiest.get(eventId) ?? 0));
      }
      forgetBefore(Math.floor(now.getTime() / MINUTE) - REMEMBERED);
      return busiest;
    },
  };

  function forgetBefore(minute: number): void {
    for (const key of counts.keys()) if (Number.parseInt(key, 10) < minute) counts.delete(key);
  }
}
