import { expect, it, vi } from 'vitest';
import { followEvents } from '../../shared/announcements/follow-events.case.ts';

it('a deleted event whose care cannot be ended keeps none of the others waiting', async () => {
  const changed = ['cannot', 'can'].map((eventId) => ({ eventId, revision: 1 }));
  const settle = vi.fn();
  const looked: string[] = [];
  const look = (eventId: string) => looked.push(eventId);
  const pages = async function* (partition: string) {
    look('deleted');
    if (partition.includes('cannot')) throw new Error('throttled');
    yield* [];
  };
  await followEvents({
    system: { now: () => new Date() },
    listEvents: async () => ['real'],
    readRules: async (eventId: string) => void look(eventId),
    keptCare: { pages, readNote: async (eventId: string) => void look(eventId) },
    guardianNews: { readTold: async (eventId: string) => void look(eventId) },
    changedEvents: { of: async () => changed, settle },
  } as never);
  expect(looked.indexOf('deleted')).toBeGreaterThan(looked.lastIndexOf('real'));
  expect(settle.mock.calls).toEqual([['deleted', changed[1]]]);
});
