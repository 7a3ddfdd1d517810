import { randomBytes } from 'node:crypto';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { documentClient } from '../../shared/store/client.ts';
import { type Answer, feedbackStore } from '../../shared/store/feedback-store.ts';
import { realSystem } from '../../shared/system.ts';
import type { Parts } from './parts.ts';

const END = 2 ** 31;

/** What somebody answered about a session of the forum, and what is said of them. */
export interface Said {
  readonly useful: number;
  readonly mode?: string;
  readonly category?: string;
  readonly comment?: string;
}

/** Puts answers into the table as the function does that takes them. */
export function answering(
  { tables, client }: Pick<Parts['database'], 'tables' | 'client'>,
  eventId: EventDefinition['id'],
  form = 'session-opening',
) {
  const store = feedbackStore(documentClient(client), tables.feedback, realSystem);
  return async ({ useful, mode = 'in-person', category = 'academia', comment }: Said): Promise<void> => {
    const answer: Answer = {
      ...{ eventId, form, token: randomBytes(32), labels: { mode, category } },
      tally: { answers: 1, counts: { [`useful.${useful}`]: 1 } },
      texts: comment === undefined ? {} : { comment },
    };
    await store.answer(answer, END);
  };
}
