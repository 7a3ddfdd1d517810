import { retentionEnd } from '../../event/event-times.ts';
import { queryPartition } from '../../kernel/dynamo/query-partition.store.ts';
import { updateIf } from '../../kernel/dynamo/update-if.store.ts';
import { logError } from '../../kernel/log.ts';
import { checkInFeedPartition, deviceKey } from '../check-in-keys.ts';
import { fromCheckInFeedItem } from '../roster/check-in-feed.store.ts';
import { type Bringing, bringIn } from '../scan/bring-in.case.ts';
import type { Deps } from '../scan/deps.case.ts';
import { type ScanAnswer, type SentScan, sentScan } from '../scan/scans.schema.ts';
import { isBelieved, partAt } from './hand-over.ts';
import { holdScans, noteHandOver } from './hold-scans.case.ts';

/**
 * What a phone sends that was shut out: what it scanned before counts as ever (CI15), and the rest is held for a person. So is whoever it
 * enters, whenever: a registration has a ticket, and nobody makes one with a phone that an organiser took back.
 */
export async function bringInShutOut(
  deps: Deps,
  bringing: Bringing,
  scans: readonly unknown[],
): Promise<readonly ScanAnswer[]> {
  const { device } = bringing;
  const newest = await newestBrought(deps, bringing);
  const isForPerson = ({ walkIn, correctedAt }: SentScan): boolean =>
    walkIn !== undefined || !isBelieved(device, newest, correctedAt);
  const held = new Map<number, SentScan>();
  for (const [place, scan] of scans.entries()) {
    const told = sentScan.safeParse(scan).data;
    if (told !== undefined && device.lists.includes(told.list) && isForPerson(told)) held.set(place, told);
  }
  const others = [...scans.keys()].filter((place) => !held.has(place));
  const [ofHeld, ofOthers] = await Promise.all([
    holdAll(deps, bringing, [...held.values()]),
    others.length === 0
      ? []
      : bringIn(
          deps,
          bringing,
          others.map((place) => scans[place]),
        ),
  ]);
  const answers = new Map<number | undefined, ScanAnswer>();
  for (const [index, place] of [...held.keys()].entries()) answers.set(place, ofHeld[index] ?? { result: 'later' });
  for (const [index, place] of others.entries()) answers.set(place, ofOthers[index] ?? { result: 'later' });
  return [...scans.keys()].map((place) => answers.get(place) ?? { result: 'later' });
}

async function holdAll(
  deps: Deps,
  { device, event }: Bringing,
  held: readonly SentScan[],
): Promise<readonly ScanAnswer[]> {
  if (held.length === 0) return [];
  const { eventId, id } = device;
  const where = { eventId, id, expiresAt: retentionEnd(event) };
  const made = () => ({ eventId, id, device: id, at: deps.system.now().toISOString(), isWhole: true });
  try {
    const all = held.map((told) => ({ told, part: partAt(device, told.correctedAt) }));
    const answers = await holdScans(deps, where, id, all);
    const isNew = [...new Set(all.flatMap(({ part }, place) => (answers[place]?.result === 'kept' ? [part] : [])))];
    // Also where nothing is new: the request that held them may have ended before it said so.
    await noteHandOver(deps, where, made, { isNew });
    return answers;
  } catch (error) {
    logError('scans not held', error, { device: id });
    return held.map(() => ({ result: 'later' }));
  }
}

/**
 * The newest scan that a phone had brought in when it was shut out, epoch milliseconds: what it told the others says so. All of that is
 * read once and noted with the phone, for whoever stole it may send as often as they like.
 */
async function newestBrought({ client, registry }: Deps, { device, event }: Bringing): Promise<number> {
  if (device.newestBrought !== undefined) return device.newestBrought;
  const items = await queryPartition(client, registry, checkInFeedPartition(event.id));
  const until = new Date(device.revokedAt ?? 0).toISOString();
  const newest = items
    .filter(({ sk }) => String(sk) < until && String(sk).split('#')[1] === device.id)
    .flatMap(fromCheckInFeedItem)
    .reduce((latest, { mark }) => Math.max(latest, mark.correctedAt), 0);
  await updateIf(client, {
    TableName: registry,
    Key: deviceKey(event.id, device.id),
    UpdateExpression: 'SET newestBrought = :newest',
    ConditionExpression: 'attribute_exists(revokedAt) AND attribute_not_exists(newestBrought)',
    ExpressionAttributeValues: { ':newest': newest },
  });
  return newest;
}
