import { queryPartition } from '../../kernel/dynamo/query-partition.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { checkInDecisionKey, checkInDoubtKey } from '../check-in-keys.ts';
import { fromCheckInDecisionItem } from './check-in-decision.store.ts';
import { fromCheckInDoubtItem } from './check-in-doubt.store.ts';
import { type Decision, decisionsByTicket, openScans, type ToSee } from './decision.ts';

type Deps = Needs<'client' | 'registry'>;

/** What people have to look at, the oldest first, and what was decided so far. */
export interface Inbox {
  readonly toSee: readonly ToSee[];
  readonly decisions: readonly Decision[];
  /** On one ticket and list, in order. */
  readonly decisionsOn: ReturnType<typeof decisionsByTicket>;
}

export async function readInbox(
  { client, registry }: Pick<Deps, 'client' | 'registry'>,
  eventId: string,
): Promise<Inbox> {
  const none = { eventId, list: '', ticket: '' };
  const [doubts, decided] = await Promise.all([
    queryPartition(client, registry, checkInDoubtKey(eventId, '', '').pk),
    queryPartition(client, registry, checkInDecisionKey(none, 0).pk),
  ]);
  const toSee = doubts.map(fromCheckInDoubtItem).sort((a, b) => a.since - b.since);
  return inboxOf(toSee, decided.map(fromCheckInDecisionItem));
}

export const inboxOf = (toSee: readonly ToSee[], decisions: readonly Decision[]): Inbox => ({
  toSee,
  decisions,
  decisionsOn: decisionsByTicket(decisions),
});

/** Scans of one ticket on which nobody decided. */
export const openIn = ({ decisionsOn }: Inbox, toSee: ToSee): readonly string[] => openScans(toSee, decisionsOn(toSee));
