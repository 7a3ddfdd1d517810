import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromCheckInCountItem } from '../../shared/checkin/attendance/attendance.store.ts';
import { fromCheckInDoubtItem } from '../../shared/checkin/review/decision.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { encodeCrockford } from '../../shared/kernel/text/crockford.ts';
import { call, postJson } from '../support/call.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { openPhone, scanId, sentScan } from '../support/phone.ts';
import { scan as scanTable } from '../support/registry.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
  for (const id of ['hostile', 'another']) await parts.publish(forum({ id }));
});
afterAll(() => parts?.stop());

/** What a list counted, and scans that a person is to look at. */
async function counted(list: string) {
  const items = await scanTable(parts, 'registry');
  const counts = items.filter(({ pk }) => pk === `CHECK-IN-COUNT#hostile#${list}`).map(fromCheckInCountItem);
  const open = items.filter(({ pk, sk }) => pk === 'CHECK-IN-DOUBT#hostile' && String(sk).startsWith(`${list}#`));
  return {
    came: counts.reduce((sum, { came }) => sum + came, 0),
    conflicts: open.map(fromCheckInDoubtItem).flatMap(({ conflicts }) => conflicts),
  };
}

describe('whatever stands in a batch', () => {
  const walkIn = (fullName: string) => {
    const ticketId = encodeCrockford(realSystem.random(12));
    const typed = { fullName, organisation: 'Example Media', country: 'KH', category: 'ngo', isAdult: true };
    return JSON.stringify(sentScan({ walkIn: { ticketId, ...typed } }));
  };
  const scan = (changes: object) => JSON.stringify(sentScan(changes));
  it.each([
    ['a number that is none any more', scan({}).replace(/"scannedAt":\d+/, '"scannedAt":1e400')],
    ['half a millisecond', scan({ correctedAt: 1_800_000_000_000.5 })],
    ['the code of another system', scan({ ticket: 'https://example.org/?x=1' })],
    ['a name that nobody can write', walkIn('\ud83d')],
    ['an id of other letters', scan({ scanId: `${scanId().slice(0, 21)}=` })],
    ['an id and a line', scan({ scanId: `${scanId()}\n` })],
    ['a mistake of no scan', scan({ kind: 'undo' })],
    ['an entry that takes something back', scan({ undoes: scanId() })],
    ['an address for a walk-in', walkIn('Test Walker').replace('"country"', '"email":"a@example.org","country"')],
    ['nothing but a number', '7'],
  ])('%s is refused, and harms nothing beside it', async (_, bad) => {
    const phone = await openPhone(parts, 'hostile', { maySearch: true });
    const good = sentScan();
    const body = `{"scans":[${bad},${JSON.stringify(good)},${bad}]}`;
    const headers = { ...phone.headers, 'content-type': 'application/json' };
    const answer = await call('postScans', { headers, body });
    expect(answer.statusCode, answer.body).toBe(200);
    const { answers } = JSON.parse(answer.body ?? '');
    expect(answers.map(({ result }: { result: string }) => result)).toEqual(['refused', 'kept', 'refused']);
    expect((await phone.send([good])).answers).toMatchObject([{ result: 'known' }]);
  });

  it.each([
    ['half of one', '{"scans":'],
    ['a list', '[]'],
    ['nothing', 'null'],
    ['scans that are none', '{"scans":{}}'],
    ['the same name twice', '{"scans":[],"scans":7}'],
    ['a mark of order', '\ufeff'],
    ['nesting without end', `{"scans":[${'['.repeat(20_000)}${']'.repeat(20_000)}]}`],
    ['a prototype', `{"scans":[${scan({}).replace('{', '{"__proto__":{"kind":"in"},')}]}`],
  ])('a body that is no batch is refused as a whole: %s', async (_, body) => {
    const phone = await openPhone(parts, 'hostile');
    const headers = { ...phone.headers, 'content-type': 'application/json' };
    expect([400, 422]).toContain((await call('postScans', { headers, body })).statusCode);
  });

  it('one id for two scans is one scan, whichever of them came first', async () => {
    const phone = await openPhone(parts, 'hostile', { lists: ['day-day-1'] });
    const of = () => sentScan({ list: 'day-day-1' });
    const ids = Array.from({ length: 8 }, scanId);
    const batch = ids.flatMap((id) => [of(), of(), of()].map((each) => ({ ...each, scanId: id })));
    const { answers } = await phone.send(batch);
    const results = answers.map(({ result, why }: { result: string; why?: string }) => why ?? result);
    expect(results.filter((result: string) => result === 'kept')).toHaveLength(ids.length);
    expect(new Set(results)).toEqual(new Set(['kept', 'other-contents']));
    expect(
      (await phone.send(batch)).answers.filter(({ result }: { result: string }) => result === 'known'),
    ).toHaveLength(8);
    expect(await counted('day-day-1')).toMatchObject({ came: ids.length });
  });
});

describe('taking back', () => {
  it('counts for nothing of what another device saw, nor of another taking back; and may come first', async () => {
    const lists = { lists: ['day-day-2'] };
    const [one, two] = [await openPhone(parts, 'hostile', lists), await openPhone(parts, 'hostile', lists)];
    const at = Date.now();
    const came = () => sentScan({ list: 'day-day-2', correctedAt: at });
    const undoOf = (scan: { readonly scanId: string }) => ({
      ...scan,
      ...{ scanId: scanId(), kind: 'undo', undoes: scan.scanId },
    });
    const [theirs, twice, first] = [came(), came(), came()];
    const undone = undoOf(twice);
    await one.send([theirs, twice, undone, undoOf(undone), undoOf(first), first]);
    await two.send([undoOf(theirs)]);
    expect(await counted('day-day-2')).toMatchObject({ came: 1 });
  });
});

describe('a device', () => {
  it('AU7: of one event opens nothing of another, with whatever name', async () => {
    const phone = await openPhone(parts, 'hostile', { maySearch: true });
    const token = phone.token.replace(/^hostile/, 'another');
    const headers = { authorization: `Bearer ${token}` };
    for (const answer of [
      await call('getRoster', { headers }),
      await call('searchPeople', { headers, query: { q: 'sample' } }),
      await call('postScans', postJson({ scans: [sentScan()] }, headers)),
    ]) {
      expect(answer.statusCode).toBe(401);
    }
  });

  it('AU7: hears of its own lists alone, with the cursor of another device too', async () => {
    const hall = await openPhone(parts, 'hostile', { lists: ['day-day-1'] });
    const door = await openPhone(parts, 'hostile', { lists: ['event'] });
    const { cursor } = await hall.roster();
    await hall.send([sentScan({ list: 'day-day-1' })]);
    const seen = await door.send([sentScan()]).then(() => door.roster(cursor));
    expect(seen.checkIns.filter(({ list }: { list: string }) => list !== 'event')).toEqual([]);
    expect((await door.send([sentScan({ list: 'day-day-1' })])).answers).toEqual([
      { result: 'refused', why: 'unknown-list' },
    ]);
  });
});
