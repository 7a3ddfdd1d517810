import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { BusyError } from '../../shared/errors.ts';
import type { DocumentClient } from '../../shared/store/client.ts';
import { transact } from '../../shared/store/transact.ts';

/** A database in which rivals hold what is to be written: the emulator never refuses a write for that. */
function rivalsFor(times: number) {
  let sent = 0;
  const send = async () => {
    sent += 1;
    if (sent > times) return {};
    const CancellationReasons = [{ Code: 'TransactionConflict' }];
    throw new TransactionCanceledException({ message: 'conflict', $metadata: {}, CancellationReasons });
  };
  return { client: { send } as unknown as DocumentClient, sent: () => sent };
}

/** A clock that goes on only while someone waits. */
function waitingFor(milliseconds: number) {
  let at = 0;
  return {
    now: () => new Date(at),
    backOff: async () => {
      at += milliseconds;
    },
  };
}

describe('RE7: a transaction among rivals', () => {
  it('is tried until they let go', async () => {
    const rivals = rivalsFor(20);
    expect(await transact(rivals.client, [], waitingFor(100))).toEqual([]);
    expect(rivals.sent()).toBe(21);
  });

  it('is given up while there is time to say so, however long each try takes', async () => {
    const rivals = rivalsFor(Number.POSITIVE_INFINITY);
    const system = waitingFor(1_500);
    await expect(transact(rivals.client, [], system)).rejects.toThrow(BusyError);
    expect(rivals.sent()).toBe(3);
    expect(system.now().getTime()).toBeLessThan(10_000);
  });

  it('is given up after so many tries, however quick they are', async () => {
    const rivals = rivalsFor(Number.POSITIVE_INFINITY);
    await expect(transact(rivals.client, [], waitingFor(0))).rejects.toThrow(BusyError);
    expect(rivals.sent()).toBe(24);
  });
});
