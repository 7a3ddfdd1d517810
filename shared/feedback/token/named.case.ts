import { isDeepStrictEqual } from 'node:util';
import {
  type Counted,
  cameAtLeast,
  type countsMemory,
  NOBODY,
  scannedOn,
} from '../../checkin/attendance/attendance.store.ts';
import { readCheckInLists } from '../../checkin/list/check-in-lists.store.ts';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { transact, untilWritten } from '../../kernel/dynamo/transact.store.ts';
import type { System } from '../../kernel/system.store.ts';
import { listsThatTellApart } from '../form/attended.ts';
import type { FeedbackForm } from '../form/form.ts';
import { mayName, OTHER } from '../result/groups.ts';
import type { NameableLabels } from '../result/published.ts';
import { putFeedbackLabels, readFeedbackLabels } from './feedback-labels.store.ts';

interface Outside {
  readonly client: DocumentClient;
  readonly registry: string;
  readonly system: System;
  readonly counts: ReturnType<typeof countsMemory>;
}

type Event = EventDefinition<string>;
type Form = FeedbackForm<string>;

/** What may be said of the attendees who answer a form. */
type NamedFor = (event: Event, form: Form) => Promise<NameableLabels>;

/** Milliseconds: for so long are people told what those were told who asked before them. */
const FRESH = 30_000;

/** Names groups as soon as five of each came, for all instances alike: it is written before anybody is told. */
export function namedMemory(outside: Outside): NamedFor {
  const known = new Map<string, { readonly at: number; readonly named: Promise<NameableLabels> }>();
  return (event, form) => {
    // Another setting of who may answer makes others of them.
    const name = `${event.id} ${form.id} ${form.by}`;
    const at = outside.system.now().getTime();
    const before = known.get(name);
    if (before !== undefined && at - before.at < FRESH) return before.named;
    const named = nameMore(outside, event, form);
    known.set(name, { at, named });
    named.catch(() => known.delete(name));
    return named;
  };
}

async function nameMore(
  { client, registry, system, counts }: Outside,
  event: Event,
  form: Form,
): Promise<NameableLabels> {
  const of = { eventId: event.id, form: form.id };
  const { lists } = await readCheckInLists(client, registry, event);
  const counted = await counts(event.id, lists);
  const saying = listsThatTellApart(form, event, lists, scannedOn(counted)).map(({ id }) => id);
  return untilWritten(system, async () => {
    const { named: before, revision } = await readFeedbackLabels(client, registry, of);
    const named = namedNow(before, counted, saying, event);
    if (isDeepStrictEqual(named, before)) return before;
    const put = putFeedbackLabels(registry, of, { named, revision }, retentionEnd(event));
    return (await transact(client, [put], system)).length === 0 ? named : undefined;
  });
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly namedFor: NamedFor;
  }
}

/**
 * What may be said of people beside their answers, now that so many came: five at least are alike in both together. An attendee online
 * while their group was in the room would otherwise be the only one of whom both is said, where either is said of many.
 *
 * @param named until now: it stays
 * @param lists ids of those that say who came
 */
export function namedNow(
  named: NameableLabels,
  counted: readonly Counted[],
  lists: readonly string[],
  event: Pick<EventDefinition<unknown>, 'modes' | 'categories'>,
): NameableLabels {
  const ofPeople = counted.filter(({ category }) => category !== NOBODY);
  const all = { modes: event.modes.map(({ id }) => id), categories: event.categories.map(({ id }) => id) };
  const modes = mayName(named.modes, cameAtLeast('mode', ofPeople, lists), all.modes);
  const labelOf = (mode: string): string => (modes.includes(mode) ? mode : OTHER);
  const categories = [...modes, OTHER].flatMap((label) => {
    const alike = ofPeople.filter(({ mode }) => labelOf(mode) === label);
    const before = named.categories[label] ?? [];
    const groups = mayName(before, cameAtLeast('category', alike, lists), all.categories);
    return groups.length === 0 ? [] : [[label, groups]];
  });
  return { modes, categories: Object.fromEntries(categories) };
}
