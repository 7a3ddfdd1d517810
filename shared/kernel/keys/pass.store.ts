import * as z from 'zod';
import { mailTurnsKey, NOT_THERE, proofKey } from '../dynamo/keys.ts';
import type { TransactItem } from '../dynamo/transact.store.ts';
import { field, stored } from '../stored.schema.ts';
import type { SolvedChallenge } from './proof-of-work.store.ts';

/** That a challenge was spent: all of it is its key and its end. */
export const storedProof = stored(() => ({
  sk: field(z.literal('PROOF'), 'impersonal', 'day'),
  /** Epoch seconds. */
  expiresAt: field(z.int(), 'impersonal', 'day'),
}));

/** A place among the forms of one minute that go by mail. */
export interface MailTurn {
  /** UTC, `2027-03-01T08:15`. */
  readonly minute: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}

/**
 * What lets a form through while its event is under attack, spent with what is written: a challenge that was solved; or,
 * where the browser runs no scripts, one of a few turns for forms that do nothing until a mailed link is opened.
 */
export type Pass = SolvedChallenge | MailTurn;

export const isMailTurn = (pass: Pass): pass is MailTurn => 'minute' in pass;

/**
 * In a minute, of one event. Many more than there are people without scripts, and so few that a sender who pretends to be one of
 * them cannot use up what SES lets an account send in a day (usually 50,000): 21,600 forms, each of them two mails at most.
 */
export const MOST_MAIL_TURNS = 15;

/** Seconds for which the count of a minute is kept. */
const KEEP = 10 * 60;

export const mailTurn = (now: Date): MailTurn => ({
  minute: now.toISOString().slice(0, 'YYYY-MM-DDTHH:MM'.length),
  expiresAt: Math.floor(now.getTime() / 1000) + KEEP,
});

const TURN_IS_LEFT = 'attribute_not_exists(taken) OR taken < :most';

/** Refused for a challenge that was spent before, and where no turn is left. */
export function spendPass(table: string, eventId: string, pass: Pass): TransactItem {
  const { expiresAt } = pass;
  if (!isMailTurn(pass)) {
    const Item = { ...proofKey(eventId, pass.nonce), expiresAt };
    return { Put: { TableName: table, Item, ConditionExpression: NOT_THERE } };
  }
  return {
    Update: {
      TableName: table,
      Key: mailTurnsKey(eventId, pass.minute),
      UpdateExpression: 'SET v = :v, expiresAt = :expiresAt ADD taken :one',
      ConditionExpression: TURN_IS_LEFT,
      ExpressionAttributeValues: { ':v': 1, ':expiresAt': expiresAt, ':one': 1, ':most': MOST_MAIL_TURNS },
    },
  };
}
