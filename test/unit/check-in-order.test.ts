import { beforeEach, describe, expect, it } from 'vitest';
import { passageOf } from '../../shared/checkin/scan/passage.ts';
import type { Db, State } from '../../web/checkin/engine/database.ts';
import type { Engine } from '../../web/checkin/engine/engine.ts';
import { emptyMemory, recallState } from '../../web/checkin/engine/memory.ts';
import type { Desk } from '../support/door/answers.ts';
import { courseOf } from '../support/door/course.ts';
import { type Guest, sampleEvent } from '../support/door/event.ts';
import { simulatedPhone, type World } from '../support/door/simulated-phone.ts';
import { doorWorld } from '../support/door/world.ts';

/** In the middle of a second: the server's `Date`, which says whole ones, is half a second behind on average. */
const START = Date.UTC(2027, 10, 2, 3, 0, 0, 500);

let world: World;
let desk: Desk;
let engine: Engine;
let guest: Guest;
let other: Guest;

beforeEach(async () => {
  const event = await sampleEvent(START);
  [guest, other] = await Promise.all([event.invite(0), event.invite(1)]);
  const doors = doorWorld(event, courseOf(1), START);
  ({ world, desk } = doors);
  desk.guests.push(guest, other);
  engine = (await simulatedPhone(world, 0)).engine();
  await engine.enrol(doors.offer());
  await engine.sync();
  await engine.chooseDoor('room');
});

const isInside = () => passageOf([...desk.kept.values()], 'in-and-out').isInside;

describe('the order in which a phone scanned', () => {
  it('TK9: holds where it learns between two scans that its clock was ahead', async () => {
    world.now += 400;
    expect(await engine.read(guest.code)).toMatchObject({ kind: 'admit' });
    expect(engine.snapshot().counts).toEqual({ came: 1, inside: 1 });
    // An answer at the end of a second says that it is a quarter of a second earlier than was thought.
    world.now += 90;
    await engine.sync();
    await engine.chooseDirection('out');
    world.now += 10;
    expect(await engine.read(guest.code)).toMatchObject({ kind: 'leave', wasInside: true });
    expect(engine.snapshot().counts).toEqual({ came: 1, inside: 0 });
    await engine.sync();
    expect(engine.snapshot()).toMatchObject({ counts: { came: 1, inside: 0 }, queue: { waiting: 0 } });
    expect(desk.kept.size).toBe(2);
    expect(isInside()).toBe(false);
  });
});

describe('what staff choose', () => {
  it('holds for whoever is scanned next, and for nobody who was scanned before', async () => {
    const [came, , left] = await Promise.all([
      engine.read(guest.code),
      engine.chooseDirection('out'),
      engine.read(guest.code),
    ]);
    expect([came.kind, left.kind]).toEqual(['admit', 'leave']);
    const [gone, , again] = await Promise.all([
      engine.read(other.code),
      engine.chooseDoor('hall'),
      engine.read(other.code),
    ]);
    expect([gone.kind, again.kind]).toEqual(['leave', 'admit']);
    expect(engine.snapshot()).toMatchObject({ door: { id: 'hall' }, direction: 'in', counts: { came: 1 } });
    await engine.sync();
    expect([...desk.kept.values()].map(({ list, kind }) => `${list} ${kind}`)).toEqual([
      ...['room in', 'room out', 'room out'],
      'hall in',
    ]);
  });

  it('is not undone by an older reading of what is kept that takes longer', async () => {
    const memory = emptyMemory();
    const readings: ((state: Partial<State>) => void)[] = [];
    const slow = slowState(readings);
    const [older, newer] = [recallState(memory, slow), recallState(memory, slow)];
    readings[1]?.({ direction: 'out' });
    await newer;
    readings[0]?.({ direction: 'in' });
    await older;
    expect(memory.state.direction).toBe('out');
  });
});

/** A database whose single things are read when a test says so. */
function slowState(readings: ((state: Partial<State>) => void)[]): Db {
  const transaction = () => {
    const read = new Promise<Partial<State>>((resolve) => readings.push(resolve));
    return { store: { getAllKeys: () => read.then(Object.keys), getAll: () => read.then(Object.values) } };
  };
  return { transaction } as unknown as Db;
}
