import { eventStore } from '../../event/event.store.ts';
import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { readItem } from '../../kernel/dynamo/queries.store.ts';
import { putRevised, type TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { Database, Given, Parts } from '../../kernel/parts.store.ts';
import { type FormSettings, storedFormSettings } from '../feedback-items.schema.ts';
import { type FeedbackForm, formsOf } from './form.ts';

/** Beside the rules of the event, and published like them. */
const formSettingsKey = (eventId: string): ItemKey => ({ pk: `EVENT#${eventId}`, sk: 'FEEDBACK' });

/** What is set of each form, and what a conditional write compares: 0 where nothing was ever set. */
interface KeptFormSettings {
  readonly settings: FormSettings;
  readonly revision: number;
}

/** As they are now. @throws ZodError when the table holds something else */
export async function readFormSettings(
  client: DocumentClient,
  table: string,
  eventId: string,
): Promise<KeptFormSettings> {
  const item = await readItem(client, table, formSettingsKey(eventId));
  if (item === undefined) return { settings: {}, revision: 0 };
  const { forms, revision } = storedFormSettings().parse(item);
  return { settings: forms, revision };
}

/** @param revision that was read */
export const putFormSettings = (
  table: string,
  eventId: string,
  { settings, revision }: KeptFormSettings,
): TransactItem => putRevised(table, revision, { ...formSettingsKey(eventId), v: 1, forms: settings });

export const formSettingsReader =
  ({ client, registry }: Database<'registry'>): Parts['readFormSettings'] =>
  (eventId) =>
    readFormSettings(client, registry, eventId);

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly readFormSettings: (eventId: string) => Promise<KeptFormSettings>;
  }
}

/** An event in one language with its forms; `undefined` where there is none of that id. */
type FormsOf = (eventId: string, language: string) => Promise<EventWithForms | undefined>;

interface EventWithForms extends LocalisedEvent {
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
