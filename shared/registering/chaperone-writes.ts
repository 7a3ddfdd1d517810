import type { Said } from '../domain/chaperone.ts';
import { registrationKey } from '../store/keys.ts';
import type { TransactItem } from '../store/transact.ts';

/** Both ends of a tie, by reference. */
export interface TieEnds {
  readonly eventId: string;
  readonly minor: string;
  readonly adult: string;
}

const TIED_TO_THIS_ADULT = 'chaperone.#reference = :adult';
const LOOKS_AFTER_THIS_MINOR = 'attribute_exists(chaperoning.minors.#minor)';

/** Takes the chaperone from a minor, whose revision rises as with any change. */
export const untieMinor = (registry: string, { eventId, minor, adult }: TieEnds, now: Date): TransactItem => ({
  Update: {
    TableName: registry,
    Key: registrationKey(eventId, minor),
    UpdateExpression: 'SET revision = revision + :one, changedAt = :now REMOVE chaperone',
    ConditionExpression: TIED_TO_THIS_ADULT,
    ExpressionAttributeNames: { '#reference': 'reference' },
    ExpressionAttributeValues: { ':one': 1, ':now': now.toISOString(), ':adult': adult },
  },
});

/** Takes a minor from an adult's list. */
export const untieAdult = (registry: string, { eventId, minor, adult }: TieEnds, now: Date): TransactItem => ({
  Update: {
    TableName: registry,
    Key: registrationKey(eventId, adult),
    UpdateExpression: 'SET revision = revision + :one, changedAt = :now REMOVE chaperoning.minors.#minor',
    ConditionExpression: LOOKS_AFTER_THIS_MINOR,
    ExpressionAttributeNames: { '#minor': minor },
    ExpressionAttributeValues: { ':one': 1, ':now': now.toISOString() },
  },
});

/** Says on a minor's registration what their chaperone's says now. */
export const renewTie = (
  registry: string,
  { eventId, minor, adult }: TieEnds,
  said: Said,
  now: Date,
): TransactItem => ({
  Update: {
    TableName: registry,
    Key: registrationKey(eventId, minor),
    UpdateExpression: 'SET revision = revision + :one, changedAt = :now, chaperone = :tie',
    ConditionExpression: TIED_TO_THIS_ADULT,
    ExpressionAttributeNames: { '#reference': 'reference' },
    ExpressionAttributeValues: {
      ':one': 1,
      ':now': now.toISOString(),
      ':adult': adult,
      ':tie': { reference: adult, ...said },
    },
  },
});
