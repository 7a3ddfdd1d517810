import { hash } from 'node:crypto';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { Secrets } from '../../kernel/keys/secrets.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { compareNames } from '../../kernel/text/text.ts';
import { UNSETTLED_STATES } from '../../mail/outbox/message.schema.ts';
import { newJob } from '../../mail/outbox/new-items.store.ts';
import { type Job, settledUntil } from '../../mail/outbox/outbox-items.store.ts';
import { inOrderOf, readPeople } from '../../registration/people/people.case.ts';
import type { KnownPeople } from '../../registration/people/people.store.ts';
import { byReference, type IndexedRow } from '../../registration/people/person.ts';
import { idTo } from '../announced-message.case.ts';
import type { CountedResults, StoredAnnouncement } from '../announcement.schema.ts';
import { type MailResult, recipientOf } from '../announcement.ts';
import { NAME_LENGTH, type Outcomes } from './results.store.ts';

type Named = Pick<StoredAnnouncement, 'eventId' | 'id'>;

/** Those about whom a mail to them is, or was: one, or several who are reached through their coordinator. */
export type MailGroup = readonly [IndexedRow, ...IndexedRow[]];

/** By what names them: see `recipientOf`. */
type Groups = ReadonlyMap<string, MailGroup>;

/** By what names them, all whom an announcement may be to: in the order of names, and behind them people under 18, whose are in no index. */
export function possibleGroups(known: KnownPeople): Groups {
  const before = grouped.get(known.people);
  if (before !== undefined) return before;
  const groups = new Map<string, [IndexedRow, ...IndexedRow[]]>();
  const adults = inOrderOf(known, 'mail', (all) =>
    all.toSorted((a, b) => compareNames(a.fullName, b.fullName) || byReference(a, b)),
  );
  for (const row of [...adults, ...[...known.minors.values()].sort(byReference)]) {
    const recipient = recipientIn(row);
    const group = groups.get(recipient);
    if (group === undefined) groups.set(recipient, [row]);
    else group.push(row);
  }
  grouped.set(known.people, groups);
  return groups;
}

/** By people as they are known, which most looks find as they were. */
const grouped = new WeakMap<KnownPeople['people'], Groups>();

const recipientIn = ({ reference, delegation: id, throughCoordinator }: IndexedRow): string =>
  id === undefined || throughCoordinator === undefined
    ? reference
    : recipientOf({ reference, delegation: { id, throughCoordinator } });

/** So many mails are read at each look: as they are, for no more than what others cost. */
const FEW = 150;
/** Milliseconds after which one that nobody counted is taken for one that was written before any were. */
const BEGINS = 300_000;

/** A mail of an announcement, and what became of it. */
interface FoundMail {
  readonly group: MailGroup;
  readonly outcome: MailResult;
}

/** What an instance remembers of an announcement. */
interface KnownResults {
  readonly countedAt: string;
  readonly outcomes: Outcomes;
  readonly groups: Groups;
  /** In the order of groups. */
  readonly mails: readonly FoundMail[];
  /** Short names by what names recipients. */
  readonly names: Map<string, string>;
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    /** By event and announcement. */
    readonly resultsMemory: Map<string, KnownResults>;
  }
}
/** Announcements that an instance remembers: each mail takes some 0.3 KB. */
const MOST_REMEMBERED = 4;

/** What became of the mails of an announcement, and up to when that was counted: absent where it is as it is now. */
interface FoundResults {
  readonly asOf?: string;
  /** Mails that were written by then. */
  readonly written: number;
  readonly mails: readonly FoundMail[];
}

type FindDeps = Needs<'mail' | 'results' | 'resultsMemory' | 'secrets' | 'system'>;

export async function findResults(
  deps: FindDeps,
  announcement: StoredAnnouncement,
  groups: Groups,
): Promise<FoundResults> {
  const { results: counted, createdAt, written } = announcement;
  const isBegun = written > 0 && deps.system.now().getTime() - Date.parse(createdAt) > BEGINS;
  const areMany = groups.size > FEW;
  if (areMany && counted === undefined && !isBegun) return { asOf: createdAt, written: 0, mails: [] };
  // What is missing or damaged is made up for from mails, until it is counted again.
  const known = areMany && counted ? await knownResults(deps, announcement, counted, groups) : undefined;
  // Longer ago than mails are kept, there are none to read either.
  const isOver = areMany && counted && settledUntil(new Date(counted.countedAt)) * 1000 < deps.system.now().getTime();
  if (counted && (known || isOver))
    return { asOf: counted.countedAt, written: counted.written, mails: known?.mails ?? [] };
  const ids = await idsOf(deps, announcement, [...groups.keys()]);
  const outcomes = await deps.mail.outcomes([...ids.values()], true);
  return { written, mails: mailsOf(groups, (recipient) => outcomes.get(ids.get(recipient) ?? '')) };
}

const mailsOf = (groups: Groups, outcomeOf: (recipient: string) => MailResult | undefined): readonly FoundMail[] =>
  [...groups].flatMap(([recipient, group]) => {
    const outcome = outcomeOf(recipient);
    return outcome === undefined ? [] : [{ group, outcome }];
  });

async function knownResults(
  { results, resultsMemory, secrets }: Needs<'results' | 'resultsMemory' | 'secrets'>,
  announcement: StoredAnnouncement,
  counted: CountedResults,
  groups: Groups,
): Promise<KnownResults | undefined> {
  const key = JSON.stringify([announcement.eventId, announcement.id]);
  const { countedAt } = counted;
  const before = resultsMemory.get(key);
  const isSame = before?.countedAt === countedAt;
  if (isSame && before.groups === groups) return before;
  const outcomes = isSame ? before.outcomes : await results.read(announcement, counted);
  if (outcomes === undefined) return undefined;
  const nameOf = await resultNames(secrets, announcement);
  const names = new Map([...groups.keys()].map((each) => [each, before?.names.get(each) ?? nameOf(each)]));
  const mails = mailsOf(groups, (recipient) => outcomes.get(names.get(recipient) ?? ''));
  const known = { countedAt, outcomes, groups, mails, names };
  resultsMemory.delete(key);
  resultsMemory.set(key, known);
  const [oldest] = resultsMemory.keys();
  if (resultsMemory.size > MOST_REMEMBERED && oldest !== undefined) resultsMemory.delete(oldest);
  return known;
}

async function idsOf(
  { secrets }: Needs<'secrets'>,
  announcement: Named,
  recipients: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const named = recipients.map(async (each) => [each, await idTo(secrets, announcement, each)] as const);
  return new Map(await Promise.all(named));
}

/** How kept results name a recipient: 20,000 in a tenth of the time that ids of their mails take. */
async function resultNames(secrets: Secrets, { eventId, id }: Named): Promise<(recipient: string) => string> {
  const secret = (await secrets.mac('announced', JSON.stringify([eventId, id]))).toString('base64url');
  return (recipient) => hash('sha256', `${secret} ${recipient}`, 'base64url').slice(0, NAME_LENGTH);
}

const MINUTE = 60_000;
/** The last mail left three days ago: what becomes of one is known by then. SES tries for fourteen hours, and few call one unwanted later. */
const SETTLES = 3 * 24 * 60 * MINUTE;
/** After how much of its age an announcement is counted again: some 37 times in all, 19 read units a mail. */
const SHARE = 0.25;

/** A job that counts what became of the mails of an announcement as soon as it is written. */
export const countingJob = ({ system }: Needs<'system'>, { eventId, id }: Named): Job =>
  newJob(system, 'count-results', eventId, { reference: id });

type CountDeps = Needs<
  'announcements' | 'jobs' | 'mail' | 'people' | 'peopleMemory' | 'results' | 'secrets' | 'system' | 'waitlist'
>;

/**
 * Counts what became of the mails of an announcement, for whoever looks at it, and asks for another count, later the older it is, until the last
 * has left for some days. It begins with the first mail. It may be done twice, or by two at once, or begin twice: the later count is kept,
 * and the next one is a job that each of them writes under the same id. Of 100,000 it takes 8 s of a processor: one that is killed begins anew.
 */
export async function countResults(deps: CountDeps, { eventId, reference: id = '', createdAt }: Job): Promise<void> {
  const [announcement, event] = await Promise.all([
    deps.announcements.read(eventId, id),
    deps.waitlist.readEvent(eventId),
  ]);
  if (announcement === undefined || event === undefined) return;
  const { results: before } = announcement;
  const isCounted = before !== undefined && before.countedAt > createdAt;
  const counted = isCounted ? before : await countNow(deps, event, announcement);
  if (counted === undefined) return;
  const { countedAt, quietSince = countedAt } = counted;
  const at = Date.parse(countedAt);
  if (at - Date.parse(quietSince) >= SETTLES) return;
  const next: Job = {
    id: await idTo(deps.secrets, announcement, `counted ${countedAt}`),
    job: 'count-results',
    eventId,
    reference: id,
    createdAt: countedAt,
    notBefore: new Date(at + Math.max(MINUTE, SHARE * (at - Date.parse(announcement.createdAt)))).toISOString(),
  };
  await deps.jobs.add(next, retentionEnd(event));
}

/** @returns nothing where there are so few that each look reads them */
async function countNow(
  deps: CountDeps,
  event: EventDefinition<string>,
  announcement: StoredAnnouncement,
): Promise<Omit<CountedResults, 'places'> | undefined> {
  const { written, results: before, doneAt, stoppedAt } = announcement;
  const now = deps.system.now();
  const groups = possibleGroups(await readPeople(deps, event));
  if (groups.size <= FEW) return undefined;
  const nameOf = await resultNames(deps.secrets, announcement);
  const known = before?.isWhole ? await deps.results.read(announcement, before) : undefined;
  const recipients = [...groups.keys()].filter((each) => known?.has(nameOf(each)) ?? true);
  const ids = await idsOf(deps, announcement, recipients);
  const mails = await deps.mail.outcomes([...ids.values()], false);
  const outcomes = new Map<string, MailResult>();
  for (const [recipient, mailId] of ids) {
    const outcome = mails.get(mailId);
    if (outcome !== undefined) outcomes.set(nameOf(recipient), outcome);
  }
  // A run that was stopped may have written some for as long as it takes.
  const isWhole = now.getTime() - Date.parse(doneAt ?? stoppedAt ?? now.toISOString()) > MINUTE;
  const waits = [...outcomes.values()].some(({ state }) => UNSETTLED_STATES.some((each) => each === state));
  const countedAt = now.toISOString();
  const quietSince = isWhole && !waits ? (before?.quietSince ?? countedAt) : undefined;
  const counted = { countedAt, written, ...(isWhole && { isWhole }), ...(quietSince && { quietSince }) };
  await deps.results.keep(announcement, outcomes, counted, Math.min(settledUntil(now), retentionEnd(event)));
  return counted;
}
