import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextStep } from '../../functions/feedback-results/next-step.ts';
import { documentClient } from '../../shared/store/client.ts';
import { type FeedbackStore, feedbackStore } from '../../shared/store/feedback-store.ts';
import { realSystem } from '../../shared/system.ts';
import { answering } from '../support/feedback.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';

const FORM = 'session-opening';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());

type Read = 'answered' | 'writers';

/** A form, and what is shown of it where something else happens just before one of the reads for it. */
function race(id: string) {
  const event = forum({ id });
  const client = documentClient(parts.database.client);
  const feedbackTable = parts.database.tables.feedback;
  const store = feedbackStore(client, feedbackTable, realSystem);
  const answer = answering(parts.database, id);
  const look = (before: (read: Read) => Promise<void> = async () => undefined) => {
    const feedback: Pick<FeedbackStore, Read> = {
      async answered(...of) {
        await before('answered');
        return store.answered(...of);
      },
      async writers(...of) {
        await before('writers');
        return store.writers(...of);
      },
    };
    return nextStep({ client, feedbackTable, feedback, system: realSystem }, event, FORM);
  };
  return {
    look: () => look(),
    lookWhileAlways: (read: Read, meanwhile: () => Promise<void>) =>
      look((each) => (each === read ? meanwhile() : Promise.resolve())),
    async lookWhile(read: Read, meanwhile: () => Promise<void>) {
      let isOver = false;
      return look(async (each) => {
        if (isOver || each !== read) return;
        isOver = true;
        await meanwhile();
      });
    },
    /** So many people answer, and write something. */
    async answered(howMany: number): Promise<void> {
      for (let person = 0; person < howMany; person += 1) await answer({ useful: 3, comment: `Words of ${person}.` });
    },
  };
}

describe('a step of what is shown', () => {
  it('CS22: has nobody’s words who answered between the reads of numbers and of words', async () => {
    const { answered, lookWhile } = race('between');
    await answered(5);
    const { published, texts } = await lookWhile('writers', () => answered(1));
    expect([published.all.answers, texts.size]).toEqual([6, 6]);
  });

  it('CS22: is not made while there is always somebody who answers: what was shown before is', async () => {
    const { answered, look, lookWhileAlways } = race('rush');
    await answered(5);
    expect((await look()).published.all.answers).toBe(5);
    await answered(5);
    const { published } = await lookWhileAlways('writers', () => answered(1));
    expect(published.all.answers).toBe(5);
  });

  it('CS22: is that of whoever was faster, also where one more has answered since', async () => {
    const { answered, look, lookWhile } = race('rivals');
    await answered(5);
    await look();
    await answered(5);
    const { published } = await lookWhile('answered', async () => {
      expect((await look()).published.all.answers).toBe(10);
      await answered(1);
    });
    expect(published.all.answers).toBe(10);
    expect((await look()).published.all.answers).toBe(10);
  });

  it('CS22: is the first one’s where two begin at once', async () => {
    const { answered, look, lookWhile } = race('first');
    await answered(5);
    const { published } = await lookWhile('answered', async () => {
      expect((await look()).published.all.answers).toBe(5);
      await answered(1);
    });
    expect(published.all.answers).toBe(5);
  });
});
