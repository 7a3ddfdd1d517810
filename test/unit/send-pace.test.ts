import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Urgency } from '../../shared/mail/kinds.ts';
import { callsAShard, isStale, takeSendTurns, withQuota } from '../../shared/mail/limits/send-pace.ts';
import type { SendPace } from '../../shared/mail/limits/sending.schema.ts';

const NOW = Date.parse('2027-03-01T08:00:00Z');
const pace = (changes: Partial<SendPace> = {}): SendPace => ({
  ...withQuota(undefined, { perSecond: 14, daily: 50_000, sent: 0 }, NOW),
  ...changes,
});

describe('turns to send', () => {
  it('never are more within a second than the account may send, whoever asks and when', () => {
    const asking = fc.record({
      after: fc.integer({ min: 0, max: 3000 }),
      mails: fc.integer({ min: 1, max: 10 }),
      urgency: fc.constantFrom<Urgency>('now', 'later'),
    });
    fc.assert(
      fc.property(fc.array(asking, { maxLength: 40 }), fc.integer({ min: 1, max: 50 }), (all, perSecond) => {
        const left: number[] = [];
        let current = pace({ perSecond });
        let now = NOW;
        for (const { after, mails, urgency } of all) {
          now += after;
          const turns = takeSendTurns(current, mails, urgency, now);
          if ('askAgainAt' in turns) continue;
          expect(turns.startAt).toBeGreaterThanOrEqual(now);
          for (let place = 0; place < mails; place += 1) left.push(turns.startAt + place * turns.every);
          current = turns.pace;
        }
        left.forEach((at, index) => {
          const within = left.slice(index).filter((each) => each < at + 999.999);
          expect(within.length).toBeLessThanOrEqual(perSecond);
        });
      }),
    );
  });

  it('are given a few seconds ahead; whoever comes then asks again', () => {
    const turns = takeSendTurns(pace({ nextAt: NOW + 4000 }), 1, 'now', NOW);
    expect(turns).toMatchObject({ startAt: NOW + 4000 });
    expect(takeSendTurns(pace({ nextAt: NOW + 6000 }), 1, 'now', NOW)).toEqual({ askAgainAt: NOW + 6000 });
  });

  it('are not given to what can wait while others queue', () => {
    expect(takeSendTurns(pace({ nextAt: NOW + 1 }), 1, 'later', NOW)).toEqual({ askAgainAt: NOW + 1 });
    expect(takeSendTurns(pace(), 1, 'later', NOW)).toMatchObject({ startAt: NOW });
  });

  it('leave a tenth of the day to what cannot wait, and end with the day', () => {
    const askAgainAt = NOW + 15 * 60 * 1000;
    expect(takeSendTurns(pace({ sent: 44_999 }), 1, 'later', NOW)).toMatchObject({ startAt: NOW });
    expect(takeSendTurns(pace({ sent: 45_000 }), 1, 'later', NOW)).toEqual({ askAgainAt });
    expect(takeSendTurns(pace({ sent: 49_990 }), 10, 'now', NOW)).toMatchObject({ pace: { sent: 50_000 } });
    expect(takeSendTurns(pace({ sent: 50_000 }), 1, 'now', NOW)).toEqual({ askAgainAt });
    expect(takeSendTurns(pace({ sent: 10 ** 9, daily: undefined }), 10, 'later', NOW)).toMatchObject({ startAt: NOW });
    expect(takeSendTurns(pace({ perSecond: 0 }), 1, 'now', NOW)).toEqual({ askAgainAt });
  });

  it('are given to as many as the day has left; the rest ask again', () => {
    expect(takeSendTurns(pace({ sent: 49_991 }), 10, 'now', NOW)).toMatchObject({
      mails: 9,
      restAt: NOW + 15 * 60 * 1000,
      pace: { sent: 50_000 },
    });
    expect(takeSendTurns(pace({ sent: 44_998 }), 10, 'later', NOW)).toMatchObject({ mails: 2 });
    expect(takeSendTurns(pace({ sent: 49_990 }), 10, 'now', NOW)).toMatchObject({ mails: 10, restAt: undefined });
    expect(takeSendTurns(pace({ sent: 60_000 }), 0, 'now', NOW)).toMatchObject({ mails: 0 });
  });

  it('are held up by no clock that was wrong', () => {
    expect(takeSendTurns(pace({ nextAt: NOW + 3_600_000 }), 1, 'now', NOW)).toMatchObject({ startAt: NOW });
    expect(isStale(pace({ readAt: NOW + 3_600_000 }), NOW)).toBe(true);
    expect(isStale(pace({ readAt: NOW - 59_000 }), NOW)).toBe(false);
  });
});

describe('calls at once for a shard of the stream', () => {
  it.each([
    [1, 1],
    [14, 1],
    [80, 1],
    [81, 2],
    [200, 3],
    [10_000, 10],
  ])('where SES takes %i mails a second: %i', (perSecond, calls) =>
    expect(callsAShard({ attribute: 'kind' }, perSecond)).toBe(calls),
  );

  it('jobs are done as before', () => expect(callsAShard({ attribute: 'job' }, 10_000)).toBe(1));
});
