import { expect, it } from 'vitest';
import type { Snapshot } from '../../web/checkin/engine/engine.ts';
import { readinessOf } from '../../web/checkin/screens/settings.tsx';

const NOW = Date.parse('2027-11-02T00:00:00Z');
const MINUTE = 60_000;

const ready: Snapshot = {
  ...{ standing: 'active', direction: 'in', counts: { came: 0, inside: 0 }, people: 300, freshness: 'fresh' },
  ...{ queue: { waiting: 0, refused: 0 }, upload: {}, download: { at: NOW - MINUTE }, storage: 'persistent' },
  door: {
    ...{ id: 'event', place: { kind: 'event' }, modes: ['in-person'], passing: 'once', isClosed: false },
    // Staff set their phones up before the list opens.
    ...{ opensAt: NOW + MINUTE, closesAt: NOW + 60 * MINUTE },
  },
};
const wanting = (change: Partial<Snapshot>, corrected = NOW): string[] =>
  readinessOf({ ...ready, ...change }, NOW, corrected).flatMap(([check, isOk]) => (isOk ? [] : [check]));

it('is ready where nothing is wanting', () => {
  expect(wanting({})).toEqual([]);
});

it('wants another list where the one that is chosen is over by the server’s clock', () => {
  expect(wanting({}, NOW + 60 * MINUTE)).toEqual(['list']);
});

it.each<[string, Partial<Snapshot>]>([
  ['list', { door: undefined }],
  ['list', { standing: 'over' }],
  ['people', { people: 0 }],
  ['talk', { download: {} }],
  ['talk', { download: { at: NOW - 15 * MINUTE } }],
  ['revocations', { freshness: 'missing' }],
  ['revocations', { freshness: 'stale' }],
  ['sent', { queue: { waiting: 1, refused: 0 } }],
  ['sent', { queue: { waiting: 0, refused: 1 } }],
  ['storage', { storage: 'best-effort' }],
])('says what is wanting: %s', (check, change) => {
  expect(wanting(change)).toEqual([check]);
});
