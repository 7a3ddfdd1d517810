/**
 * Has phones in a real browser do their work, and writes down what they keep: `test/golden/phones.json`, made once.
 *
 *     npx tsx test/phone/record.ts
 */
import { existsSync, writeFileSync } from 'node:fs';
import { type BrowserDoors, startDoors } from '../e2e/doors.ts';
import { openPhone, type TabPhone } from '../e2e/phone.ts';
import { firstOf } from '../support/door/doors.ts';
import type { Guest } from '../support/door/event.ts';
import { readDatabase } from '../support/kept-database.ts';
import { KEPT_PHONES, type KeptPhones } from './kept-phones.ts';

if (existsSync(KEPT_PHONES)) throw new Error(`it is there: ${KEPT_PHONES.pathname}`);

const doors = await startDoors();
async function keptBy({ page }: TabPhone) {
  // What tsx puts around functions to keep their names.
  await page.evaluate('globalThis.__name = (named) => named');
  return page.evaluate(readDatabase, 'plenary-checkin');
}
const one = async (change?: Parameters<BrowserDoors['invite']>[1]): Promise<Guest> =>
  firstOf(await doors.invite(1, change));
const known = ({ code, ticket, person }: Guest) => ({ code, ticket, name: person.name });
function expect(isSo: boolean, what: unknown): asserts isSo {
  if (!isSo) throw new Error(JSON.stringify(what));
}

async function desk() {
  const isRevoked = await one({ name: 'Revoked Sample' });
  const cameHere = await one({ name: 'Came Here', noPhoto: true });
  const cameElsewhere = await one({ name: 'Came Elsewhere', askNeeds: true });
  const refused = await one();
  const takenBack = await one();
  const young = { isMinor: true, chaperone: 'Guardian Sample' } as const;
  const isYoung = await one({ ...young, name: 'Young Sample' });
  const leaving = await one({ ...young, name: 'Leaving Sample' });
  const cameOffline = await one({ name: 'Came Offline' });
  const isNew = await one({ name: 'New Sample' });
  const unconfirmed = await one({ isConfirmed: false });
  doors.server.revocations = await doors.event.revoke([isRevoked], 3);
  const phone = await doors.phone();
  const other = await doors.phone();
  expect((await other.read(cameElsewhere.code)).kind === 'admit', 'elsewhere');
  await other.sync();
  doors.server.judge = ({ ticket }) =>
    ticket === refused.ticket ? { result: 'refused', why: 'unknown-list' } : undefined;
  for (const { code } of [cameHere, refused, leaving]) expect((await phone.read(code)).kind === 'admit', code);
  await phone.sync();
  await phone.shows(({ queue }) => queue.waiting === 0 && queue.refused === 1);
  await phone.page.evaluate(() => engine.exportScans());
  await phone.choose('room', 'in');
  for (const { code } of [leaving, cameHere]) expect((await phone.read(code)).kind === 'admit', code);
  await phone.sync();
  await phone.page.context().setOffline(true);
  await phone.choose('room', 'out');
  expect((await phone.read(leaving.code)).kind === 'ask-companion', 'leaving');
  expect((await phone.leave('guardian')).kind === 'leave', 'left');
  await phone.choose('entrance');
  const undone = await phone.read(takenBack.code);
  expect(undone.kind === 'admit', undone);
  await phone.undo(undone.scanId);
  expect((await phone.read(cameOffline.code)).kind === 'admit', 'offline');
  const refusal = await phone.read(unconfirmed.code);
  expect(refusal.kind === 'refuse', refusal);
  expect((await phone.letIn('is on the list of the minister')).kind === 'let-in', 'let in');
  const walkIn = {
    fullName: 'Walked Sample',
    organisation: 'Ministry of Samples',
    country: 'KH',
    category: 'government',
  };
  const entered = await phone.page.evaluate((typed) => engine.walkIn(typed), { ...walkIn, reason: 'is the driver' });
  expect(entered.kind === 'let-in', entered);
  const { people, queue, counts, searchCode = '' } = await phone.snapshot();
  return {
    kept: await keptBy(phone),
    says: { people, queue, counts, searchCode },
    people: {
      cameHere: known(cameHere),
      cameElsewhere: known(cameElsewhere),
      cameOffline: known(cameOffline),
      isNew: known(isNew),
      isRevoked: known(isRevoked),
      isYoung: known(isYoung),
    },
  };
}

async function asking() {
  const phone = await openPhone(await doors.browser.newContext(), doors.server.url);
  doors.server.losesAnswers = true;
  const why = await phone.enrol(doors.server.offer()).catch(String);
  expect(String(why).includes('offline'), why);
  const kept = await keptBy(phone);
  doors.behave();
  return kept;
}

async function shutOut() {
  const phone = await doors.phone();
  await doors.scanOffline(phone, 2);
  doors.server.isRevoked = true;
  doors.server.fault = ({ path }) => (path.endsWith('/roster') ? 'device-revoked' : 503);
  await phone.page.context().setOffline(false);
  await phone.sync();
  await phone.shows(({ standing }) => standing === 'revoked');
  const kept = await keptBy(phone);
  doors.behave();
  return kept;
}

try {
  const now = Date.now();
  const { kept, says, people } = await desk();
  const phones = { desk: kept, asking: await asking(), shutOut: await shutOut() };
  const all: KeptPhones = { now, phones, people, desk: says };
  writeFileSync(KEPT_PHONES, `${JSON.stringify(all, null, 1)}\n`);
} finally {
  await doors.stop();
}
