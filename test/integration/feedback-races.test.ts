import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeedbackStore } from '../../shared/feedback/result/feedback.store.ts';
import { nextStep } from '../../shared/feedback/result/overview.case.ts';
import { addTallies } from '../../shared/feedback/result/tally.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { answering, feedbackOf } from '../support/feedback.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';

const FORM = 'session-opening';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

type Part = 'open' | 'move';

/** A form, and what is shown of it where something else happens just before a step is made. */
function race(id: string) {
  const event = forum({ id });
  const { store, answered: answeredIn } = feedbackOf(parts.database);
  const answer = answering(parts.database, id);
  const look = (before: (part: Part) => Promise<void> = async () => undefined) => {
    const feedback: FeedbackStore = {
      ...store,
      async open(...of) {
        await before('open');
        return store.open(...of);
      },
      async move(...of) {
        await before('move');
        return store.move(...of);
      },
    };
    return nextStep({ feedback, system: realSystem }, event, FORM);
  };
  const of = { eventId: id, form: FORM };
  return {
    look: () => look(),
    async lookWhile(part: Part, meanwhile: () => Promise<void>) {
      let isOver = false;
      return look(async (each) => {
        if (isOver || each !== part) return;
        isOver = true;
        await meanwhile();
      });
    },
    /** So many people answer, and write something. */
    async answered(howMany: number): Promise<void> {
      for (let person = 0; person < howMany; person += 1) await answer({ useful: 3, comment: `Words of ${person}.` });
    },
    words: async () => (await store.words(of)).flatMap((texts) => texts['comment'] ?? []).length,
    waiting: async () => (await store.waiting(of)).length,
    all: async () => addTallies(Object.values((await answeredIn(id, FORM)).mode)).answers,
  };
}

describe('a step of what is shown', () => {
  it('FB3: has the words of those whose numbers it has, also where somebody answers meanwhile', async () => {
    const { answered, lookWhile, words, waiting } = race('between');
    await answered(5);
    const { published } = await lookWhile('move', () => answered(1));
    expect([published.all.answers, await words(), await waiting()]).toEqual([5, 5, 1]);
  });

  it('FB3: is that of whoever was faster, and no answer is in it twice or lost', async () => {
    const { answered, look, lookWhile, words, all } = race('rivals');
    await answered(5);
    await look();
    await answered(7);
    const { published } = await lookWhile('open', async () => {
      expect((await look()).published.all.answers).toBe(10);
      await answered(1);
    });
    expect(published.all.answers).toBe(10);
    expect([await words(), await all()]).toEqual([10, 13]);
  });

  it('FB3: is the first one’s where two begin at once', async () => {
    const { answered, look, lookWhile, all } = race('first');
    await answered(6);
    const { published } = await lookWhile('move', async () => {
      expect((await look()).published.all.answers).toBe(5);
    });
    expect(published.all.answers).toBe(5);
    expect(await all()).toBe(6);
  });

  it('loses nothing of hundreds who answer while many look', async () => {
    const { answered, look, all, waiting } = race('hundreds');
    const answers = Promise.all(Array.from({ length: 6 }, () => answered(41)));
    for (let turn = 0; turn < 8; turn += 1) await Promise.all([look(), look(), look()]);
    await answers;
    const { published } = await look();
    expect(published.all.answers).toBe(245);
    expect([await all(), await waiting()]).toEqual([246, 1]);
  });

  it('is not made where answers could not be moved: what waits is still there', async () => {
    const { answered, look, lookWhile, all } = race('crash');
    await answered(5);
    const crash = async () => {
      throw new Error('stopped');
    };
    for (const part of ['open', 'move'] as const) await expect(lookWhile(part, crash)).rejects.toThrow('stopped');
    expect(await all()).toBe(5);
    expect((await look()).published.all.answers).toBe(5);
  });
});
