import { expect, it } from 'vitest';
import type { TicketHolder } from '../../shared/checkin/holder.ts';
import { holderMemory } from '../../shared/checkin/holder-memory.store.ts';
import { splitTexts } from '../../shared/event/event-texts.ts';
import { forum } from '../support/forum.ts';

const event = splitTexts(forum()).rules;

it('everyone is read the less often the more there are, and anew where the event changed; what failed is not remembered', async () => {
  let now = 0;
  let reads = 0;
  let isBroken = true;
  const list = async (): Promise<readonly TicketHolder[]> => {
    if (isBroken) throw new Error('throttled');
    reads += 1;
    return Array.from(
      { length: reads },
      () => ({ status: 'confirmed', days: [], sessions: [] }) as unknown as TicketHolder,
    );
  };
  const holdersOf = holderMemory(list, { now: () => new Date(now) });
  await expect(holdersOf(event)).rejects.toThrow('throttled');
  isBroken = false;
  expect(await holdersOf(event)).toHaveLength(1);
  now = 3_999;
  expect(await holdersOf(event)).toHaveLength(1);
  expect(await holdersOf({ ...event, id: 'another' })).toHaveLength(2);
  now = 4_000;
  expect(await holdersOf(event)).toHaveLength(3);
  expect(await holdersOf({ ...event, version: event.version + 1 })).toHaveLength(4);

  reads = 4_999;
  now += 4_000;
  expect(await holdersOf(event)).toHaveLength(5_000);
  now += 59_999;
  expect(await holdersOf(event)).toHaveLength(5_000);
  now += 1;
  expect(await holdersOf(event)).toHaveLength(5_001);
});
