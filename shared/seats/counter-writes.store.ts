import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import { counterKey } from './counter.store.ts';
import { type CounterChange, splitChange } from './seat-changes.ts';

/** What must be true of it for each thing that may be done to it. */
const NOT_THERE = 'attribute_not_exists(pk)';
const SEAT_IS_FREE = 'taken < #capacity';
const IS_FULL = 'taken >= #capacity';
const NOBODY_WAITS = 'waiting = :none';
const SOMEONE_WAITS = 'waiting > :none';
const SOMEONE_HAS_A_SEAT = 'taken > :none';
/** One of several counters, or the only one: nothing is written to one that has become the other since it was read. */
const IS_SPLIT = 'attribute_exists(#open)';
const IS_WHOLE = 'attribute_not_exists(#open)';
/** On a counter that shares a pool. */
const IS_OPEN = '#open > :none';
const IS_KEPT = 'kept > :none';
const OPENINGS_AS_READ = 'openings = :openings';

/**
 * Takes or gives back seats and places in the waiting list, one counter at a time. The counter of a group begins with
 * the first seat that is taken in it; the definition says each time how many there are.
 */
export function changeCounter(table: string, eventId: string, change: CounterChange): TransactItem {
  return {
    Update: {
      TableName: table,
      Key: counterKey(eventId, change),
      ...(change.isSplit ? changeSplit(change) : changeWhole(change)),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

function changeSplit(change: CounterChange) {
  const { taken, waiting, behind } = change;
  const { open, kept } = splitChange(change);
  const conditions = [
    IS_SPLIT,
    ...(open < 0 ? [IS_OPEN] : []),
    ...(kept < 0 ? [IS_KEPT] : []),
    ...(taken < 0 ? [SOMEONE_HAS_A_SEAT] : []),
    ...(waiting > 0 ? [OPENINGS_AS_READ] : []),
    ...(waiting < 0 ? [SOMEONE_WAITS] : []),
  ];
  const condition = conditions.join(' AND ');
  return {
    UpdateExpression: 'ADD taken :taken, waiting :waiting, #open :open, kept :kept',
    ConditionExpression: condition,
    ExpressionAttributeNames: { '#open': 'open' },
    ExpressionAttributeValues: {
      ':taken': taken,
      ':waiting': waiting,
      ':open': open,
      ':kept': kept,
      ...(condition.includes(':none') && { ':none': 0 }),
      ...(waiting > 0 && { ':openings': behind?.openings ?? 0 }),
    },
  };
}

function changeWhole(change: CounterChange) {
  const { taken, waiting, groupCapacity } = change;
  const isGroup = groupCapacity !== undefined;
  const condition = conditionOn(change);
  const usesCapacity = condition.includes('#capacity') || isGroup;
  return {
    UpdateExpression: `${isGroup ? 'SET #capacity = :capacity ' : ''}ADD taken :taken, waiting :waiting`,
    ConditionExpression: isGroup ? condition.replaceAll('#capacity', ':capacity') : condition,
    ExpressionAttributeNames: { '#open': 'open', ...(usesCapacity && { '#capacity': 'capacity' }) },
    ExpressionAttributeValues: {
      ':taken': taken,
      ':waiting': waiting,
      // DynamoDB refuses a value that no expression uses.
      ...(condition.includes(':none') && { ':none': 0 }),
      ...(isGroup && { ':capacity': groupCapacity }),
    },
  };
}

function conditionOn({ taken, waiting, promoted, behind, groupCapacity }: CounterChange): string {
  const isAhead = promoted && waiting === 0;
  const conditions = [
    IS_WHOLE,
    ...(taken > 0 ? [SEAT_IS_FREE] : []),
    ...(taken > 0 && !isAhead ? [waiting < 0 ? SOMEONE_WAITS : NOBODY_WAITS] : []),
    ...(taken < 0 ? [SOMEONE_HAS_A_SEAT] : []),
    ...(waiting > 0 ? [behind?.passesSeat ? SOMEONE_WAITS : IS_FULL] : []),
    ...(taken <= 0 && waiting < 0 ? [SOMEONE_WAITS] : []),
  ];
  const all = conditions.join(' AND ');
  const isNewcomer = taken > 0 && waiting === 0;
  return isNewcomer && groupCapacity !== undefined ? `${NOT_THERE} OR (${all})` : all;
}
