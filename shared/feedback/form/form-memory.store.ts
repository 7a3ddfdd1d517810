import { eventStore } from '../../event/event.store.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import type { Given } from '../../kernel/parts.store.ts';
import { type FeedbackForm, formsOf } from './form.ts';
import { readFormSettings } from './form-settings.store.ts';

/** An event in one language with its forms; `undefined` where there is none of that id. */
export type FormsOf = (eventId: string, language: string) => Promise<EventWithForms | undefined>;

export interface EventWithForms extends LocalisedEvent {
  readonly forms: readonly FeedbackForm<string>[];
}

/** Milliseconds for which an instance goes by what it read: so much later does it learn that a form was closed. */
const FRESH = 5_000;

/** Thousands answer within minutes: what all of them are asked is read every few seconds. */
export function formMemory({ client, registry: table, system }: Given<'registry', 'now' | 'backOff'>): FormsOf {
  const events = eventStore({ client, registry: table, system });
  const known = new Map<string, { readonly at: number; readonly found: ReturnType<FormsOf> }>();
  async function read(eventId: string, language: string): ReturnType<FormsOf> {
    const localised = await events.readEvent(eventId, language);
    if (localised === undefined) return undefined;
    const { settings } = await readFormSettings(client, table, eventId);
    return { ...localised, forms: formsOf(localised.event, settings) };
  }
  return (eventId, language) => {
    const name = `${eventId} ${language}`;
    const at = system.now().getTime();
    const before = known.get(name);
    if (before !== undefined && at - before.at < FRESH) return before.found;
    const found = read(eventId, language);
    // Of events that there are, only: anybody may ask for any others.
    found.then(
      (event) => event === undefined && known.delete(name),
      () => known.delete(name),
    );
    known.set(name, { at, found });
    return found;
  };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly formsOf: FormsOf;
  }
}
