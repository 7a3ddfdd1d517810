import { registrationKey } from '../../kernel/dynamo/keys.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { ChaperoneState } from '../../minors/chaperone/chaperone.ts';
import { changePlace } from '../list/registration-changes.store.ts';
import type { Registration } from '../registration.schema.ts';

/** Both ends of a tie, by reference. */
export interface TieEnds {
  readonly eventId: string;
  readonly minor: string;
  readonly adult: string;
}

const TIED_TO_THIS_ADULT = 'chaperone.#reference = :adult';
const LOOKS_AFTER_THIS_MINOR = 'attribute_exists(chaperoning.minors.#minor)';

/** Takes the chaperone from a minor, whose revision rises as with any change. */
export const untieMinor = (registry: string, { eventId, minor, adult }: TieEnds, now: Date): TransactItem =>
  changePart(registry, { eventId, reference: minor }, now, {
    remove: 'chaperone',
    condition: TIED_TO_THIS_ADULT,
    names: { '#reference': 'reference' },
    values: { ':adult': adult },
  });

/** Takes a minor from an adult's list. */
export const untieAdult = (registry: string, { eventId, minor, adult }: TieEnds, now: Date): TransactItem =>
  changePart(registry, { eventId, reference: adult }, now, {
    remove: 'chaperoning.minors.#minor',
    condition: LOOKS_AFTER_THIS_MINOR,
    names: { '#minor': minor },
  });

/** Says on a minor's registration what their chaperone's says now. */
export const renewTie = (
  registry: string,
  { eventId, minor, adult }: TieEnds,
  said: ChaperoneState,
  now: Date,
): TransactItem =>
  changePart(registry, { eventId, reference: minor }, now, {
    set: 'chaperone = :tie',
    condition: TIED_TO_THIS_ADULT,
    names: { '#reference': 'reference' },
    values: { ':adult': adult, ':tie': { reference: adult, ...said } },
  });

interface PartChange {
  readonly set?: string;
  readonly remove?: string;
  readonly condition: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** The only write that leaves the rest of a registration as it is: revision and time change as where it is written whole. */
function changePart(
  TableName: string,
  of: Pick<Registration, 'eventId' | 'reference'>,
  now: Date,
  { set, remove, condition, names, values }: PartChange,
): TransactItem {
  const changedAt = now.toISOString();
  const stamps = Object.entries({ changedAt, ...changePlace(of, changedAt) });
  const sets = ['revision = revision + :one', ...stamps.map(([name]) => `${name} = :${name}`), ...(set ? [set] : [])];
  return {
    Update: {
      TableName,
      Key: registrationKey(of.eventId, of.reference),
      UpdateExpression: `SET ${sets.join(', ')}${remove ? ` REMOVE ${remove}` : ''}`,
      ConditionExpression: condition,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ':one': 1,
        ...Object.fromEntries(stamps.map(([name, value]) => [`:${name}`, value])),
        ...values,
      },
    },
  };
}
