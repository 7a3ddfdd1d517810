import { STALE_AFTER } from '../../shared/ticket/revocation-list.ts';
import type { Snapshot } from './engine/engine.ts';

/** What has to hold before the doors open, in the order in which it is set right. */
export type Check = 'list' | 'people' | 'talk' | 'revocations' | 'sent' | 'storage';

/** @param now by this phone's clock, epoch milliseconds */
export function readinessOf(snapshot: Snapshot, now: number): readonly (readonly [check: Check, isOk: boolean])[] {
  const { standing, door, people, download, freshness, queue, storage } = snapshot;
  return [
    ['list', standing === 'active' && door !== undefined],
    ['people', people > 0],
    ['talk', download.at !== undefined && now - download.at < STALE_AFTER],
    ['revocations', freshness === 'fresh'],
    ['sent', queue.waiting === 0 && queue.refused === 0],
    ['storage', storage === 'persistent'],
  ];
}
