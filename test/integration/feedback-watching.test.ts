import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { AttendanceMode } from '../../shared/event/event.ts';
import { LEAST_GROUP } from '../../shared/feedback/result/groups.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { comesIn } from '../support/comes-in.ts';
import { feedbackOf } from '../support/feedback.ts';
import { openFeedback } from '../support/feedback-browser.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { shiftClock } from '../support/shifted-clock.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.unstubAllGlobals());

/** Milliseconds after which functions count anew who came. */
const A_WHILE = 31_000;

interface Person {
  readonly email: string;
  readonly mode: AttendanceMode;
  readonly category: string;
}

const people = (mode: AttendanceMode, category: string, howMany: number): Person[] =>
  Array.from({ length: howMany }, (_, each) => ({ email: `${mode}-${category}-${each}@example.org`, mode, category }));

/** Everyone, so that those who are alike do not come one after the other. */
const inTurns = (all: readonly Person[]): Person[] => all.map((_, index) => all[(index * 8) % all.length] as Person);

async function opened(id: string) {
  const event = await openFeedback(parts, id);
  const client = documentClient(parts.database.client);
  const { registry } = parts.database.tables;
  const { answered } = feedbackOf(parts.database);
  /** What a member who may open answers finds: how many there are of whom the same is said. */
  const look = async (): Promise<Record<string, number>> =>
    Object.fromEntries(
      Object.entries(await answered(id, 'event')).flatMap(([dimension, labels]) =>
        Object.entries(labels).map(([label, tally]) => [`${dimension}#${label}`, tally.answers]),
      ),
    );
  return {
    ...event,
    look,
    async comes({ email, mode, category }: Person): Promise<void> {
      await event.register(email, { category, mode });
      const registration = await event.registrationOf(email);
      await comesIn({ client, registry }, { event: forum({ id }), registration, list: 'event', how: mode });
    },
    async answers({ email }: Person): Promise<void> {
      expect(await event.send(await event.proofOf(email))).toMatchObject({ status: 201 });
    },
  };
}

it('FB2: even whoever opens each answer as it comes, and knows who was there, finds five at least who may have sent it', async () => {
  const everyone = inTurns([
    ...people('in-person', 'academia', 6),
    ...people('in-person', 'ngo', 5),
    ...people('in-person', 'media', 1),
    ...people('online', 'ngo', 6),
    ...people('online', 'un-entity', 1),
    ...people('online', 'media', 2),
  ]);
  const event = await opened('watching');
  const [there, said]: [Person[], Set<string>] = [[], new Set()];
  for (const [index, person] of everyone.entries()) {
    await event.comes(person);
    there.push(person);
    if (index % 2 === 0) continue;
    shiftClock(A_WHILE);
    const before = await event.look();
    // The attendee who came last is the one of whom one would know; every other time one who has been there for long.
    await event.answers(index % 4 === 1 ? person : (there[2 * Math.floor(index / 4)] as Person));
    const after = await event.look();
    const labels = Object.keys(after).filter((label) => after[label] !== before[label]);
    labels.sort();
    expect(labels.map((label) => label.split('#')[0])).toEqual(['category', 'mode']);
    for (const label of labels) said.add(label);
    const may = await Promise.all(there.map(async ({ email }) => (await event.passOf(email)).labels));
    const alike = may.filter(({ mode, category }) => labels.join() === `category#${category},mode#${mode}`);
    expect(alike.length, labels.join()).toBeGreaterThanOrEqual(Math.min(LEAST_GROUP, there.length));
  }
  // And yet groups are told apart.
  expect([...said].sort()).toEqual(expect.arrayContaining(['category#ngo', 'mode#in-person', 'mode#online']));
});

it('of fewer than five who came nothing is said but what they answered', async () => {
  const event = await opened('few');
  const few = [...people('in-person', 'academia', 2), ...people('online', 'ngo', 1)];
  for (const person of few) await event.comes(person);
  for (const person of few) await event.answers(person);
  expect(await event.look()).toEqual({ 'mode#other': 3, 'category#other': 3 });
});
