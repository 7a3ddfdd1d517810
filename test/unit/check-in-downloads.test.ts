import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bestOf } from '../support/best-of.ts';
import { firstOf, type NodeDoors, nodeDoors } from '../support/door/doors.ts';

let doors: NodeDoors;

beforeAll(async () => {
  doors = await nodeDoors();
  await doors.invite(1);
});
afterAll(() => doors?.stop());
beforeEach(() => doors.behave());

/** Pauses as long as they are at doors. */
function realPauses(milliseconds: number, work: () => void): () => void {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
}

describe('CI10: up and down are independent', () => {
  it('CI10: roster and revocations arrive while uploads fail, and scans leave while downloads fail', async () => {
    const phone = await doors.phone();
    doors.server.fault = ({ path }) => (path.endsWith('/scans') ? 'busy' : undefined);
    const [guest, revoked] = await doors.invite(2);
    if (guest === undefined || revoked === undefined) throw new Error('nobody is there');
    doors.server.revocations = await doors.event.revoke([revoked], Date.now() % 1_000_000_000);
    await phone.sync();
    const outcome = await phone.read(guest.code);
    expect(outcome.kind).toBe('admit');
    expect(await phone.read(revoked.code)).toEqual({ kind: 'revoked' });
    await phone.shows(({ upload, download }) => upload.trouble === 'server' && download.trouble === undefined);
    doors.server.fault = ({ path }) => (path.endsWith('/roster') ? 500 : undefined);
    await phone.sync();
    const after = await phone.snapshot();
    expect([after.upload.trouble, after.download.trouble]).toEqual([undefined, 'server']);
    expect(doors.isKept(outcome)).toBe(true);
  });

  it('CI12: what one phone scans the other knows within 5 s', async () => {
    const [one, other] = [await doors.phone(), await doors.phone({ after: realPauses })];
    const guests = await doors.invite(6);
    await Promise.all([one.sync(), other.sync()]);
    const coming = [...guests];
    const took = await bestOf(
      async () => {
        const { counts } = await other.snapshot();
        await one.read(coming.shift()?.code ?? '');
        const from = Date.now();
        await other.shows((now) => now.counts.came === counts.came + 1);
        return Date.now() - from;
      },
      5000,
      guests.length,
    );
    expect(took).toBeLessThanOrEqual(5000);
    const guest = firstOf(guests);
    expect(await other.read(guest.code)).toMatchObject({ kind: 'already-in', isHere: false });
    expect(await other.letIn()).toMatchObject({ kind: 'let-in', person: guest.person });
    await other.shows(({ queue }) => queue.waiting === 0);
  });

  it('a whole roster in pages takes the place of the old one at once, or not at all', async () => {
    const phone = await doors.phone();
    // On a busy machine, what it fetches first may still be on its way.
    await phone.sync();
    const { people } = await phone.snapshot();
    await doors.invite(25);
    doors.server.pageSize = 10;
    await phone.enrol(doors.server.offer());
    let pages = 0;
    doors.server.fault = ({ path }) => {
      if (path.endsWith('/roster')) pages += 1;
      return pages >= 2 ? 'cut' : undefined;
    };
    await phone.sync();
    expect((await phone.snapshot()).people).toBe(0);
    doors.server.fault = () => undefined;
    await phone.sync();
    doors.server.pageSize = Number.POSITIVE_INFINITY;
    expect((await phone.snapshot()).people).toBe(people + 25);
  });
});
