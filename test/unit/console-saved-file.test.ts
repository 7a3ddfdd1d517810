import { describe, expect, it } from 'vitest';
import { BODY_LIMIT } from '../../shared/kernel/route.ts';
import { NotSavedFileError, readSavedFile } from '../../web/console/checkin/held-scans.tsx';

const entry = (number: number, more: object = {}) => ({
  scan: { scanId: String(number).padStart(22, 'A'), list: 'event' },
  ...{ device: '7K3M9QX2', eventId: 'forum' },
  ...more,
});
const entries = (length: number, more: object = {}) => Array.from({ length }, (_, number) => entry(number, more));
const file = (waiting: readonly unknown[], refused: readonly unknown[] = [], exportedAt = '2027-11-02T10:00:00Z') =>
  JSON.stringify({ exportedAt, waiting, refused }, null, 2);

describe('the file that the check-in app saves', () => {
  it('goes in as many requests as it takes, and each scan once', async () => {
    const refused = entry(450, { why: 'unknown-list' });
    const { phones, elsewhere } = await readSavedFile(file(entries(450), [refused]), 'forum');
    expect(elsewhere).toBe(0);
    expect(phones).toMatchObject([{ device: '7K3M9QX2', entries: 451 }]);
    expect(phones[0]?.parts.map((part) => part.length)).toEqual([200, 200, 51]);
    expect(phones[0]?.parts.flat()).toEqual([...entries(450), refused].map(({ scan }) => scan));
  });

  it('goes in requests that the server takes, in a script that needs three bytes a letter', async () => {
    const walkIn = { fullName: 'ក'.repeat(400), organisation: 'ខ'.repeat(600), reason: 'គ'.repeat(800) };
    const long = entries(150).map((each) => ({ ...each, scan: { ...each.scan, walkIn } }));
    const { phones } = await readSavedFile(file(long), 'forum');
    const sizes = phones[0]?.parts.map((scans) => Buffer.byteLength(JSON.stringify({ scans }))) ?? [];
    expect(sizes.length).toBeGreaterThan(3);
    expect(Math.max(...sizes)).toBeLessThan(BODY_LIMIT.upload);
  });

  it('is the same hand-over however often it is saved, and of each phone one of its own', async () => {
    const both = [...entries(3), entry(3, { device: '00000000' })];
    const first = await readSavedFile(file(both), 'forum');
    const again = await readSavedFile(file(both, [], '2027-11-02T11:00:00Z'), 'forum');
    expect(again).toEqual(first);
    const ids = first.phones.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
  });

  it('says how many scans are of another event', async () => {
    const read = await readSavedFile(file([entry(1), entry(2, { eventId: 'another' })]), 'forum');
    expect(read).toMatchObject({ elsewhere: 1, phones: [{ entries: 1 }] });
  });

  it.each([
    ['no JSON', 'scans'],
    ['a list', '[]'],
    ['nothing in it', file([])],
    ['more than it has', JSON.stringify({ ...JSON.parse(file(entries(1))), more: 1 })],
    ['less than it has', JSON.stringify({ exportedAt: '', waiting: entries(1) })],
    ['an entry that names no phone', file([entry(1, { device: undefined })])],
    ['an entry that has no scan', file([entry(1, { scan: 'x' })])],
  ])('is none with %s', async (_, text) => {
    await expect(readSavedFile(text, 'forum')).rejects.toThrow(NotSavedFileError);
  });
});
