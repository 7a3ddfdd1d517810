import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recipientIdentity } from '../../shared/kernel/text/email-address.ts';
import {
  askForTurn,
  isToldAlready,
  isWorthWaiting,
  MAIL_CAPS,
  NO_MAIL_YET,
  REPEATED_CAPS,
  TEAM_CAPS,
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

  it('that were certainly not sent do not count twice, those that may have been do', () => {
    const mail = { id: 'a', promised: false, mayHaveLeft: false };
    const once = askForTurn(NO_MAIL_YET, mail, new Date(START)).cap;
    expect(askForTurn(once, mail, new Date(START + MINUTE)).cap.claims).toHaveLength(1);
    expect(askForTurn(once, { ...mail, mayHaveLeft: true }, new Date(START + MINUTE)).cap.claims).toHaveLength(2);
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
      const [asking, now] = [{ ...mail, mayHaveLeft: false }, new Date(mail.at)];
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
        { id, promised: false, mayHaveLeft: false, isRepeated: true },
        new Date(START),
        REPEATED_CAPS,
      );
      expect(turn.at.getTime()).toBe(START);
      cap = turn.cap;
    }
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
