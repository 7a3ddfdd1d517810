import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recipientIdentity } from '../../shared/kernel/text/email-address.ts';
import { MAIL_RANKS, type MailRank } from '../../shared/mail/kinds.ts';
import {
  askForTurn,
  isToldAlready,
  isWorthWaiting,
  LATER_CAPS,
  MAIL_CAPS,
  NO_MAIL_YET,
  REPEATED_CAPS,
  TEAM_CAPS,
  withoutClaim,
} from '../../shared/mail/limits/mail-cap.ts';
import type { MailCap } from '../../shared/mail/limits/sending.schema.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2027-03-01T00:00:00Z');

interface Waiting {
  readonly id: string;
  readonly promised: boolean;
  readonly at: number;
}

/**
 * Lets messages arrive at these instants and wakes those that wait a little late, as a sweep does.
 *
 * @returns when each was claimed, in milliseconds, and how often each was looked at
 */
function run(arrivals: readonly number[], lateness: readonly number[]) {
  let cap: MailCap = NO_MAIL_YET;
  const queue: Waiting[] = arrivals.map((at, index) => ({ id: `m${index}`, promised: false, at }));
  const claimed = new Map<string, number>();
  const looks = new Map<string, number>();
  for (let step = 0; queue.length > 0; step += 1) {
    queue.sort((a, b) => a.at - b.at);
    const { id, promised, at } = queue.shift() as Waiting;
    looks.set(id, (looks.get(id) ?? 0) + 1);
    const turn = askForTurn(cap, { id, promised, mayHaveLeft: false }, new Date(at));
    cap = turn.cap;
    const late = lateness[step % lateness.length] ?? 0;
    if (turn.at.getTime() > at) queue.push({ id, promised: true, at: turn.at.getTime() + late });
    else claimed.set(id, at);
  }
  return { claimed, looks };
}

describe('AB2: mails to one recipient', () => {
  const arrivals = fc
    .array(fc.integer({ min: 0, max: 72 * 60 }), { minLength: 1, maxLength: 60 })
    .map((minutes) => minutes.map((minute) => START + minute * MINUTE).sort((a, b) => a - b));
  const lateness = fc.array(fc.integer({ min: 0, max: 10 * MINUTE }), { minLength: 1, maxLength: 7 });

  it('are never more than three in any hour and ten in any day, and none is lost', () => {
    fc.assert(
      fc.property(arrivals, lateness, (at, late) => {
        const { claimed } = run(at, late);
        expect(claimed.size).toBe(at.length);
        const times = [...claimed.values()].sort((a, b) => a - b);
        for (const { most, within } of MAIL_CAPS) {
          times.forEach((time, index) => {
            const before = times[index - most];
            if (before !== undefined) expect(time - before).toBeGreaterThanOrEqual(within);
          });
        }
      }),
    );
  });

  it('that wait are each looked at a few times only, however many there are', () => {
    const { looks } = run(Array(500).fill(START), [30_000]);
    expect(Math.max(...looks.values())).toBeLessThanOrEqual(4);
  });

  it('leave at once while there are few', () => {
    const { claimed } = run([START, START, START, START], [0]);
    expect([...claimed.values()]).toEqual([START, START, START, START + HOUR]);
  });

  it('AB16: count once more for each claim that may have sent them, and not for one that was given back', () => {
    const mail = { id: 'a', promised: false, mayHaveLeft: false };
    const once = askForTurn(NO_MAIL_YET, mail, new Date(START)).cap;
    const [claim] = once.claims;
    expect(claim).toEqual({ message: 'a', at: new Date(START).toISOString() });
    if (claim === undefined) return;
    const twice = askForTurn(once, { ...mail, mayHaveLeft: true }, new Date(START + MINUTE)).cap;
    expect(twice.claims).toHaveLength(2);
    expect(withoutClaim(twice, claim).claims).toEqual([{ message: 'a', at: new Date(START + MINUTE).toISOString() }]);
    expect(askForTurn(withoutClaim(once, claim), mail, new Date(START + MINUTE)).cap.claims).toHaveLength(1);
  });

  it.each([
    ['a.b+c@Example.org', 'a.b@example.org'],
    ['A.B+c+d@gmail.com', 'ab@gmail.com'],
    ['ab@googlemail.com', 'ab@gmail.com'],
    ['a.b@example.org', 'a.b@example.org'],
    ['+tag@example.org', '+tag@example.org'],
  ])('%s is for %s', (address, person) => expect(recipientIdentity(address)).toBe(person));
});

describe('AB2: mails that anyone can ask for again who knows an address', () => {
  const DAYS = 14;

  const rankIf = (isRepeated: boolean): MailRank => (isRepeated ? 'repeated' : 'own');

  /** The link is asked for every twenty minutes; three times a day something happens that is told once. */
  function underFlood() {
    let cap: MailCap = NO_MAIL_YET;
    const asked = Array.from({ length: DAYS * 72 }, (_, n) => ({ isRepeated: true, since: START + n * 20 * MINUTE }));
    const once = Array.from({ length: DAYS * 3 }, (_, n) => ({ isRepeated: false, since: START + (1 + n * 8) * HOUR }));
    const queue = [...asked, ...once].map((each, n) => ({ ...each, id: `m${n}`, promised: false, at: each.since }));
    const claimed: { readonly isRepeated: boolean; readonly since: number; readonly at: number }[] = [];
    let looks = 0;
    while (queue.length > 0) {
      queue.sort((a, b) => a.at - b.at);
      const mail = queue.shift() as (typeof queue)[number];
      looks += 1;
      const [asking, now] = [{ ...mail, rank: rankIf(mail.isRepeated), mayHaveLeft: false }, new Date(mail.at)];
      const turn = askForTurn(cap, asking, now, mail.isRepeated ? REPEATED_CAPS : MAIL_CAPS);
      if (!isWorthWaiting(asking, turn, new Date(mail.since), now)) continue;
      cap = turn.cap;
      if (turn.at.getTime() > mail.at) queue.push({ ...mail, promised: true, at: turn.at.getTime() });
      else claimed.push(mail);
    }
    return { claimed, looks, asked: asked.length, once: once.length };
  }

  it('keep none waiting that is told once, are sent as long as there is room, and wait for a day at most', () => {
    const { claimed, looks, asked, once } = underFlood();
    const waits = (isRepeated: boolean) =>
      claimed.filter((each) => each.isRepeated === isRepeated).map(({ since, at }) => at - since);
    expect(waits(false)).toHaveLength(once);
    expect(Math.max(...waits(false))).toBeLessThanOrEqual(2 * HOUR);
    // Seven a day, of which three are those others.
    expect(waits(true).length).toBeGreaterThanOrEqual(DAYS * 4);
    expect(Math.max(...waits(true))).toBeLessThanOrEqual(25 * HOUR);
    expect(looks).toBeLessThan(2 * (asked + once));
    const times = claimed.map(({ at }) => at).sort((a, b) => a - b);
    for (const { most, within } of MAIL_CAPS) {
      times.slice(most).forEach((time, index) => {
        expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(within);
      });
    }
  });

  it('leave at once where little was sent, as other mail does', () => {
    let cap: MailCap = NO_MAIL_YET;
    for (const id of ['a', 'b', 'c']) {
      const turn = askForTurn(
        cap,
        { id, promised: false, mayHaveLeft: false, rank: 'repeated' },
        new Date(START),
        REPEATED_CAPS,
      );
      expect(turn.at.getTime()).toBe(START);
      cap = turn.cap;
    }
  });
});

describe('AB16: mails of different urgency to one recipient', () => {
  const CAPS = { own: MAIL_CAPS, repeated: REPEATED_CAPS, later: LATER_CAPS } as const;
  const mails = fc.array(
    fc.record({ rank: fc.constantFrom(...MAIL_RANKS), minute: fc.integer({ min: 0, max: 48 * 60 }) }),
    { minLength: 1, maxLength: 60 },
  );
  const lateness = fc.array(fc.integer({ min: 0, max: 2 * MINUTE }), { minLength: 1, maxLength: 7 });

  it('leave room for tickets in every hour and day, which wait for no mail that can wait, and none is lost', () => {
    fc.assert(
      fc.property(mails, lateness, (written, late) => {
        let cap: MailCap = NO_MAIL_YET;
        const queue = written.map(({ rank, minute }, n) => ({
          id: `m${n}`,
          rank,
          promised: false,
          at: START + minute * MINUTE,
        }));
        const left: { readonly rank: MailRank; readonly at: number }[] = [];
        const within = (at: number, milliseconds: number) => left.filter((each) => each.at > at - milliseconds).length;
        for (let step = 0; queue.length > 0 && step < 10_000; step += 1) {
          queue.sort((a, b) => a.at - b.at);
          const mail = queue.shift() as (typeof queue)[number];
          const { rank, at } = mail;
          const hasRoom = within(at, HOUR) < 3 && within(at, 24 * HOUR) < 10;
          const ownWaits = queue.some((each) => each.rank === 'own' && each.promised);
          const turn = askForTurn(cap, { ...mail, mayHaveLeft: false }, new Date(at), CAPS[rank]);
          cap = turn.cap;
          if (turn.at.getTime() > at) {
            expect(rank === 'own' && hasRoom && !ownWaits).toBe(false);
            queue.push({ ...mail, promised: true, at: turn.at.getTime() + (late[step % late.length] ?? 0) });
            continue;
          }
          expect(hasRoom).toBe(true);
          if (rank === 'later') {
            expect(within(at, HOUR)).toBeLessThan(2);
            expect(within(at, 24 * HOUR)).toBeLessThan(7);
          }
          left.push({ rank, at });
        }
        expect(left).toHaveLength(written.length);
      }),
    );
  });
});

describe('CS17: mails of one kind to the team', () => {
  const ask = (cap: MailCap, id: string, at: number) =>
    askForTurn(cap, { id, promised: true, mayHaveLeft: false }, new Date(at), TEAM_CAPS);

  it('wait for an hour at most, on a day on which there were seventy', () => {
    let cap: MailCap = NO_MAIL_YET;
    for (let n = 0; n < 70; n += 1) {
      const turn = ask(cap, `m${n}`, START + n * 20 * MINUTE);
      expect(turn.at.getTime()).toBe(START + n * 20 * MINUTE);
      cap = turn.cap;
    }
    const last = START + 69 * 20 * MINUTE;
    for (const id of ['a', 'b', 'c']) expect(ask(cap, id, last + MINUTE).at.getTime()).toBe(last + 20 * MINUTE);
  });

  it('wait for nothing where their readers have an hour to object, and no more is remembered for that', () => {
    let cap: MailCap = NO_MAIL_YET;
    for (let n = 0; n < 300; n += 1) {
      const turn = askForTurn(cap, { id: `m${n}`, promised: true, mayHaveLeft: false }, new Date(START + n), []);
      expect(turn.at.getTime()).toBe(START + n);
      cap = turn.cap;
    }
    expect(cap.claims.length).toBeLessThanOrEqual(101);
    expect(cap.claims.at(-1)?.message).toBe('m299');
  });

  it('say what one that left since has said, and not what came later or at that moment', () => {
    const { cap } = ask(NO_MAIL_YET, 'first', START + HOUR);
    const written = (id: string, at: number) => isToldAlready(cap, { id, createdAt: new Date(at).toISOString() });
    expect(written('second', START)).toBe(true);
    expect(written('second', START + HOUR - MINUTE / 2)).toBe(false);
    expect(written('second', START + HOUR + MINUTE)).toBe(false);
    expect(written('first', START)).toBe(false);
  });
});
