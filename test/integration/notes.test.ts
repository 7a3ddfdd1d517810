import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { MOST_NOTES } from '../../shared/registration/notes/notes.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { ask, auditOf, grantTeam, leave, type TeamMember } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.useRealTimers());

const TEXT = 'Calls back on Monday.\nសូមហៅទូរសព្ទ';

/** An event with one adult on whom the team notes something. */
async function opened(id: string, changes: Partial<EventDefinition> = {}) {
  const event = await openEvent(parts, id, { quotas: [], ...changes });
  await grantTeam(parts, id);
  const email = `one@${id}.example.org`;
  await event.register(email, { category: 'academia' });
  const { reference } = await event.registrationOf(email);
  const at = { eventId: id, reference };
  return {
    ...event,
    email,
    reference,
    /** What the page of the person tells of them; nothing where it tells nothing of notes. */
    async list(who: TeamMember = 'organiser') {
      const { status, body } = await ask(who, 'showPersonPage', { params: at });
      return { status, body: body.notes };
    },
    write: (who: TeamMember, noteId: string, text: string) =>
      ask(who, 'writeNote', { params: { ...at, noteId }, body: { text } }),
    remove: (who: TeamMember, noteId: string) => ask(who, 'removeNote', { params: { ...at, noteId } }),
    kept: () => scan(parts, 'registry', { partitions: [`NOTES#${id}#`] }),
  };
}

it('notes on an adult are read by those who may change the registration, newest first, and audited without their text', async () => {
  const event = await opened('notes-read');
  expect((await event.write('thailand', 'aaaaaaaa', TEXT)).status).toBe(200);
  expect((await event.write('thailand', 'aaaaaaaa', TEXT)).status, 'the same again').toBe(200);
  expect((await event.write('organiser', 'aaaaaaaa', 'Over it')).status, 'never written over').toBe(409);
  await event.write('organiser', 'bbbbbbbb', 'Second');
  const at = expect.any(String);
  expect((await event.list('thailand')).body.notes).toEqual([
    { id: 'bbbbbbbb', at, by: 'organiser', text: 'Second', mayRemove: false },
    { id: 'aaaaaaaa', at, by: 'thailand', text: TEXT, mayRemove: true },
  ]);
  const others = ['laos', 'protocol', 'viewer', 'care', 'safeguarding'] as const;
  const seen = await Promise.all(others.map(async (who) => [who, await event.list(who)]));
  expect(Object.fromEntries(seen)).toEqual({
    laos: { status: 404 },
    protocol: { status: 200 },
    viewer: { status: 403 },
    care: { status: 403 },
    safeguarding: { status: 404 },
  });
  expect((await event.remove('thailand', 'bbbbbbbb')).status, 'another one wrote it').toBe(403);
  await leave(parts, event.id, 'thailand');
  expect((await event.list()).body.notes[1]).toEqual({ id: 'aaaaaaaa', at, text: TEXT, mayRemove: true });
  for (const _ of ['once', 'twice']) expect((await event.remove('organiser', 'aaaaaaaa')).status).toBe(200);
  expect((await event.list()).body.notes).toHaveLength(1);
  const { reference } = event;
  expect(await auditOf(parts, event.id)).toEqual([
    ...[`write-note ${reference}`, `write-note ${reference}`, `remove-note ${reference}`],
  ]);
  expect(JSON.stringify(await scan(parts, 'audit'))).not.toMatch(/Monday|Second/);
});

it('a note that is blank or too long is refused in words, and so is one more than there may be', async () => {
  const event = await opened('notes-refused');
  const refused = async (text: string) => {
    const { status, body } = await event.write('organiser', 'aaaaaaaa', text);
    return [status, body.errors?.map(({ path, code }: { path: string; code: string }) => [path, code])];
  };
  expect(await refused('  \u200b ')).toEqual([422, [['text', 'required']]]);
  expect(await refused('x'.repeat(20_480))).toEqual([422, [['text', 'too-long']]]);
  expect(await refused('ស្ត្រី'.repeat(501)), 'letters as a reader counts them').toEqual([422, [['text', 'too-long']]]);
  expect(await event.kept()).toEqual([]);
  const ids = Array.from({ length: MOST_NOTES + 1 }, (_, nth) =>
    `note${String(nth).padStart(4, 'a').replace(/\d/g, 'b')}${nth}`.slice(-8),
  );
  const statuses = [];
  for (const id of ids) statuses.push((await event.write('organiser', id, 'ស្ត្រី'.repeat(500))).status);
  expect(statuses).toEqual([...Array.from({ length: MOST_NOTES }, () => 200), 422]);
});

it('two members who write at once both are kept; one who writes as the person is erased leaves nothing', async () => {
  const event = await opened('notes-at-once');
  const both = await Promise.all([
    event.write('organiser', 'aaaaaaaa', 'One'),
    event.write('thailand', 'bbbbbbbb', 'Two'),
  ]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect((await event.list()).body.notes).toHaveLength(2);
  await Promise.all([
    event.write('organiser', 'cccccccc', 'Three'),
    event.press(event.email, 'erase', [['confirm', 'yes']]),
  ]);
  expect(await event.kept()).toEqual([]);
  expect(JSON.stringify(await scan(parts, 'registry'))).not.toContain(event.reference);
  expect((await event.list()).status).toBe(404);
});

it('notes go as another person comes in the place, also one of the same name', async () => {
  for (const fullName of ['Dara Sample', 'Somchai Sample']) {
    const event = await opened(`notes-substitute-${fullName.length}`);
    await event.write('organiser', 'aaaaaaaa', TEXT);
    const { reference, revision } = await event.registrationOf(event.email);
    const body = { fullName, email: `new@${event.id}.example.org`, position: 'Editor', revision };
    const params = { eventId: event.id, reference };
    expect((await ask('organiser', 'substituteRegistration', { params, body })).status).toBe(200);
    expect((await event.list()).body).toEqual({ notes: [] });
    expect(await event.kept()).toEqual([]);
  }
});

it('CS19: notes are told to nobody from thirty days after the event on, also one that was moved, and are deleted then', async () => {
  const event = await opened('notes-end');
  await event.write('organiser', 'aaaaaaaa', TEXT);
  const DAY = 24 * 60 * 60 * 1000;
  const { version, ...rest } = forum({ id: event.id, questions: [], quotas: [] });
  const [last = ''] = rest.days
    .map(({ date }) => date)
    .sort()
    .reverse();
  // Forty days later than it was when the note was written.
  const later = (date: string) => new Date(Date.parse(date) + 40 * DAY).toISOString().slice(0, 'YYYY-MM-DD'.length);
  const days = rest.days.map((day) => ({ ...day, date: later(day.date) }));
  await parts.publish({ ...rest, days, sessions: [], version: version + 1 });
  const daysLater = (since: number) => Date.parse(`${last}T23:59:00Z`) + (since + 40) * DAY;
  const { forgetMinutes } = await import('../../shared/checkin/attendance/forget-minutes.case.ts');
  const { realDeps } = await import('../../functions/housekeeping/index.ts');
  const chore = () => asFunction('housekeeping', () => forgetMinutes(realDeps()));
  vi.useFakeTimers({ now: daysLater(28), toFake: ['Date'] });
  await chore();
  expect((await event.list()).body.notes).toHaveLength(1);
  vi.setSystemTime(daysLater(31));
  expect((await event.list()).body).toEqual({ notes: [] });
  expect((await event.write('organiser', 'bbbbbbbb', 'Late')).status).toBe(409);
  await chore();
  expect(await event.kept()).toEqual([]);
});
