import { eventKey, type ItemKey, textKey, versionKey } from '../kernel/dynamo/keys.ts';
import { asVersionItem } from './event-item.store.ts';
import { type ItemReader, type LocalisedEvent, localiser } from './localised-event.store.ts';

/** What to read of an event, and what it then is. */
export interface AskedOfEvent {
  readonly keys: readonly ItemKey[];
  /** @param item finds what was read for a key */
  readonly found: (item: (key: ItemKey) => Record<string, unknown> | undefined) => Promise<LocalisedEvent | undefined>;
}

/** Asks for an event in a language. */
export type EventMemory = (eventId: string, language: string) => AskedOfEvent;

/**
 * Remembers events as they were read: of one that is known already, some bytes say whether it is still the same, in place of
 * rules and words of 50 KB. Each publication has a version of its own.
 */
export function eventMemory(reader: ItemReader): EventMemory {
  const localise = localiser(reader);
  const known = new Map<string, LocalisedEvent>();

  return (eventId, language) => {
    const place = `${eventId} ${language}`;
    const before = known.get(place);
    const [version, rules, text] = [versionKey(eventId), eventKey(eventId), textKey(eventId, language)];
    return {
      keys: before === undefined ? [version, rules, text] : [version],
      found: async (item) => {
        const now = item(version) && asVersionItem(item(version)).version;
        if (before !== undefined && before.event.version === now) return before;
        const items = before === undefined ? [item(rules), item(text)] : await reader.readTogether([rules, text]);
        const localised = await localise(items[0], items[1], language);
        if (localised !== undefined && localised.event.version === now) known.set(place, localised);
        return localised;
      },
    };
  };
}
