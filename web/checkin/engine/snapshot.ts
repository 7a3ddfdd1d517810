import { freshness } from '../../../shared/ticket/revocation-list.ts';
import type { Snapshot } from './engine.ts';
import { directionOf, doorOf, type Memory } from './memory.ts';

/** @param at by the server's clock, epoch milliseconds */
export function snapshotOf(memory: Memory, at: number): Snapshot {
  const { state, trouble } = memory;
  return {
    standing: standingOf(memory, at),
    device: state.device?.terms,
    searchCode: state.searchCode?.digits,
    setup: state.setup,
    door: doorOf(state),
    direction: directionOf(state),
    counts: memory.tally,
    people: state.people ?? 0,
    queue: { waiting: memory.waiting, refused: memory.refused },
    upload: { at: state.uploadedAt, trouble: trouble.upload },
    download: { at: state.downloadedAt, trouble: trouble.download },
    freshness: freshness(memory.revocations, new Date(at)),
    storage: memory.isFull ? 'full' : memory.isPersistent ? 'persistent' : 'best-effort',
  };
}

/** A device that the server does not know any more is revoked to whoever holds it; which of both it is, the trouble says. */
export function standingOf({ standing, state }: Memory, at: number): Snapshot['standing'] {
  if (standing !== 'open') return standing;
  if (state.device === undefined) return 'not-enrolled';
  if (state.barred !== undefined) return 'revoked';
  return state.isOver || at >= state.device.terms.endsAt ? 'over' : 'active';
}
