import { createHash } from 'node:crypto';
import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import type { ItemKey } from '../../kernel/dynamo/keys.ts';
import { queryPartition, readItem } from '../../kernel/dynamo/queries.store.ts';
import { PUBLISHED_PREFIX } from '../../kernel/dynamo/tables.ts';
import { putRevised, type TransactItem, transact } from '../../kernel/dynamo/transact.store.ts';
import type { System } from '../../kernel/system.store.ts';
import {
  answerKey,
  deleteAnswer,
  fromWordsItem,
  putAnswer,
  putWords,
  readWaiting,
  type WaitingAnswer,
  type Words,
  wordsKey,
} from '../answer/answer.store.ts';
import type { AnswerSeal, AnswerSealing } from '../answer/answer-sealing.store.ts';
import {
  type Answered,
  ledger,
  type Published,
  type SealedAnswer,
  sealedAnswer,
  storedPublished,
} from '../feedback-items.schema.ts';
import type { FormOf } from '../token/pass.ts';
import { putSpentToken, spentTokenKey } from '../token/tokens.store.ts';
import { NOTHING_ANSWERED, NOTHING_PUBLISHED } from './published.ts';

/** One step of what organisers see. */
export interface Shown {
  readonly published: Published;
  /** Sealed; absent until the first answers are opened. */
  readonly ledger?: Uint8Array;
  /** What a conditional write compares: 0 where nothing was ever shown. */
  readonly revision: number;
}

const publishedKey = (eventId: string, form: string): ItemKey => ({ pk: `${PUBLISHED_PREFIX}${eventId}`, sk: form });

/** As it is now. @throws ZodError when the table holds something else */
async function readShown(client: DocumentClient, table: string, eventId: string, form: string): Promise<Shown> {
  const item = await readItem(client, table, publishedKey(eventId, form));
  if (item === undefined) return { published: NOTHING_PUBLISHED, revision: 0 };
  const { all, by, ledger, revision } = storedPublished().parse(item);
  return { published: { all, by }, ledger, revision };
}

/**
 * Moves on to another step. Refused where another request moved on meanwhile.
 *
 * @param shown with the revision that was read
 * @param expiresAt epoch seconds
 */
const putShown = (
  table: string,
  { eventId, form }: { readonly eventId: string; readonly form: string },
  { published: { all, by }, ledger, revision }: Required<Shown>,
  expiresAt: number,
): TransactItem => putRevised(table, revision, { ...publishedKey(eventId, form), v: 2, all, by, ledger, expiresAt });

/** Of the ids of answers and of words: no two are the same, and they say nothing. */
const ID_BYTES = 16;
/** Bytes in which every answer is sealed, whatever it says: in an item of three KB, all that there is room for fits. */
const ANSWER_ROOM = 2_560;
const LEDGER_ROOM = 4_096;
/** Answers that are opened together at the most: a transaction has 100 items, two of which are the step and its words. */
const MOST_OPENED = 95;

/** Where answers are put, by a function that cannot open any. */
export interface AnswerBox {
  /**
   * Locks an answer away: one transaction, of eight write units with nothing besides.
   *
   * @param token what was signed unseen
   * @param besides what is written with it, or not at all
   * @param expiresAt epoch seconds
   * @returns positions of what was refused: first the token, where it was spent before, then `besides`; where any is, nothing is kept
   * @throws BusyError when rivals did not let go: nothing is kept
   */
  readonly answer: (
    answer: SealedAnswer & FormOf,
    token: Uint8Array,
    expiresAt: number,
    besides?: readonly TransactItem[],
  ) => ReturnType<typeof transact>;
}

export function answerBox(
  client: DocumentClient,
  table: string,
  seal: AnswerSeal,
  system: Pick<System, 'now' | 'random' | 'backOff'>,
): AnswerBox {
  return {
    async answer({ eventId, form, ...answer }, token, expiresAt, besides = []) {
      const hash = createHash('sha256').update(token).digest('base64url');
      const sealed = await seal.seal(answer, { eventId, form }, ANSWER_ROOM);
      const spent = putSpentToken(table, spentTokenKey(eventId, form, hash), expiresAt);
      const kept = putAnswer(table, answerKey(eventId, form, newId(system)), sealed, expiresAt);
      return transact(client, [spent, ...besides, kept], system);
    },
  };
}

/** What is shown of answers, and those that wait for others to be shown with. */
export interface FeedbackStore {
  readonly shown: (of: FormOf) => Promise<Shown>;
  /** Sealed answers: `MOST_OPENED` at the most, in an order that says nothing. */
  readonly waiting: (of: FormOf) => Promise<readonly WaitingAnswer[]>;
  readonly open: (of: FormOf, waiting: readonly WaitingAnswer[]) => Promise<readonly SealedAnswer[]>;
  /** All that was opened until a step. */
  readonly ledgerOf: (of: FormOf, shown: Shown) => Promise<Answered>;
  /**
   * Moves on to another step: in one transaction answers are no longer there by themselves, and are in what is shown and in the ledger.
   *
   * @returns `false` where another request moved on meanwhile: nothing is written
   */
  readonly move: (of: FormOf, step: Step, expiresAt: number) => Promise<boolean>;
  /** What people wrote, as far as it is shown: one for each step. */
  readonly words: (of: FormOf) => Promise<readonly Words[]>;
}

interface Step {
  /** With the revision that was read. */
  readonly shown: Pick<Shown, 'published' | 'revision'>;
  readonly answered: Answered;
  readonly opened: readonly WaitingAnswer[];
  readonly words: Words;
}

export function feedbackStore(
  client: DocumentClient,
  table: string,
  sealing: AnswerSealing,
  system: Pick<System, 'now' | 'random' | 'backOff'>,
): FeedbackStore {
  return {
    shown: ({ eventId, form }) => readShown(client, table, eventId, form),
    waiting: ({ eventId, form }) => readWaiting(client, table, answerKey(eventId, form, ''), MOST_OPENED),
    open: (of, waiting) =>
      Promise.all(waiting.map(async ({ sealed }) => sealedAnswer().parse(await sealing.open(sealed, of)))),
    ledgerOf: async (of, { ledger: sealed }) =>
      sealed === undefined ? NOTHING_ANSWERED : ledger().parse(await sealing.open(sealed, of)),
    async move(of, { shown, answered, opened, words }, expiresAt) {
      const { eventId, form } = of;
      const sealed = await sealing.seal(answered, of, LEDGER_ROOM);
      const put = putShown(table, of, { ...shown, ledger: sealed }, expiresAt);
      const written = Object.keys(words).length > 0;
      const refusals = await transact(
        client,
        [
          put,
          ...(written ? [putWords(table, wordsKey(eventId, form, newId(system)), words, expiresAt)] : []),
          ...opened.map(({ id }) => deleteAnswer(table, answerKey(eventId, form, id))),
        ],
        system,
      );
      return refusals.length === 0;
    },
    words: async ({ eventId, form }) =>
      (await queryPartition(client, table, wordsKey(eventId, form, '').pk)).map(fromWordsItem),
  };
}

const newId = ({ random }: Pick<System, 'random'>): string => Buffer.from(random(ID_BYTES)).toString('base64url');

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly box: AnswerBox;
    readonly feedback: FeedbackStore;
  }
}
