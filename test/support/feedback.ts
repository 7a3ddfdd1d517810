import { randomBytes } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { MANIFESTS } from '../../functions/manifests.ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import { answerKey, storedAnswer } from '../../shared/feedback/answer/answer.store.ts';
import { kmsAnswerSealing } from '../../shared/feedback/answer/answer-sealing.store.ts';
import type { Answered, SealedAnswer } from '../../shared/feedback/feedback-items.schema.ts';
import { type AnswerBox, answerBox, feedbackStore } from '../../shared/feedback/result/feedback.store.ts';
import { withAnswers } from '../../shared/feedback/result/published.ts';
import type { FormOf } from '../../shared/feedback/token/pass.ts';
import { type DocumentClient, documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { queryPartition } from '../../shared/kernel/dynamo/queries.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import type { Parts } from './parts.ts';

const END = 2 ** 31;

/** What an attendee answered about a session of the forum, and what is said of them. */
export interface Said {
  readonly useful: number;
  readonly mode?: string;
  readonly category?: string;
  readonly comment?: string;
}

interface Where {
  readonly client: DocumentClient;
  readonly table: string;
  readonly kms: KMSClient;
  readonly key: string;
}

/** Everything about answers, as those functions have it together that each have a part of it. */
export function feedbackWith({ client, table, kms, key }: Where) {
  const sealing = kmsAnswerSealing(kms, key, realSystem);
  const store = feedbackStore(client, table, sealing, realSystem);
  return {
    store,
    box: answerBox(client, table, sealing, realSystem),
    /** All that was answered: what is shown, and what is still sealed. */
    async answered(eventId: string, form: string): Promise<Answered> {
      const of: FormOf = { eventId, form };
      const ledger = await store.ledgerOf(of, await store.shown(of));
      const items = await queryPartition(client, table, answerKey(eventId, form, '').pk);
      const waiting = items.map((item) => ({ id: String(item['sk']), sealed: storedAnswer().parse(item).sealed }));
      return withAnswers(ledger, await store.open(of, waiting));
    },
  };
}

/** The same of parts that run in this process. */
export const feedbackOf = ({ tables, client }: Pick<Parts['database'], 'tables' | 'client'>) =>
  feedbackWith({
    client: documentClient(client),
    table: tables.feedback,
    kms: new KMSClient({}),
    key: readEnvironment(MANIFESTS.feedback).feedbackKey,
  });

/** Keeps answers of parts that run in this process. */
export const answering = (
  database: Pick<Parts['database'], 'tables' | 'client'>,
  eventId: EventDefinition['id'],
  form?: string,
) => answeringInto(feedbackOf(database).box, eventId, form);

/** Keeps answers as the function does that takes them. */
export function answeringInto(box: AnswerBox, eventId: EventDefinition['id'], form = 'session-opening') {
  return async ({ useful, mode = 'in-person', category = 'academia', comment }: Said): Promise<void> => {
    const answer: SealedAnswer = {
      labels: { mode, category },
      tally: { answers: 1, counts: { [`useful.${useful}`]: 1 } },
      texts: comment === undefined ? {} : { comment },
    };
    await box.answer({ eventId, form, ...answer }, randomBytes(32), END);
  };
}
