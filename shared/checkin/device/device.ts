import type { EventDefinition } from '../../event/event.ts';
import { eventEnd, lastDay } from '../../event/event-times.ts';
import { doesNotFit, type FieldIssue, unfit } from '../../kernel/text/field-problem.ts';
import { openVetting } from '../../team/role/vetting-rule.ts';
import type { CheckInList } from '../check-in-items.schema.ts';
import { firstStepOfHour } from '../clock.ts';
import type { Device, DeviceProposal, Enrolment, Talk } from './device.schema.ts';

/** What no offer says: it becomes of the phone that took one. */
export type OfOnePhone = 'enrolledAt' | 'revokedAt' | 'newestBrought' | 'search' | 'offer' | 'talk' | 'scans';

/** Phones of one shift that one code lets in at most. */
export const MOST_PHONES = 40;

/** Milliseconds within which a code is to be scanned (AU7). */
export const ENROLMENT_LASTS = 10 * 60 * 1000;

/** `over`: it may bring in what it scanned, later too; `revoked`: it may as well, and what it scanned since waits for a person (CI15). */
export type DeviceStatus = 'active' | 'over' | 'revoked';

export function deviceStatus({ endsAt, revokedAt }: Device, now: number): DeviceStatus {
  if (revokedAt !== undefined) return 'revoked';
  return now < endsAt ? 'active' : 'over';
}

/** Whether it shows names of people under 18: until the event's end, and not only today (CS13). @param lastDay of the event */
export const isVettedDevice = ({ vettedUntil }: Pick<Device, 'vettedUntil'>, lastDay: string): boolean =>
  vettedUntil !== undefined && vettedUntil >= lastDay;

type Scene = Parameters<typeof openVetting>[1];

/** What of it still waits for a second person or its phone: not once its shift has ended. */
export const openDeviceProposal = (proposal: DeviceProposal | undefined, scene: Scene): DeviceProposal | undefined =>
  proposal !== undefined && scene.now.getTime() < proposal.endsAt ? openVetting(proposal, scene) : undefined;

/** A phone talks every four seconds while it is looked at. This long without a word, an organiser sees it as silent: within a minute (CI17). */
const SILENT_AFTER = 40_000;
/** What it says is kept no more often, unless it says that scans wait now, or wait no more: a write each time would be nine hundred an hour. */
const KEPT_EVERY = 15_000;

/** Whether what a phone says is to be kept. */
export function isNews(before: Talk | undefined, { at, waiting, version }: Talk): boolean {
  if (before === undefined || at - before.at >= KEPT_EVERY) return true;
  return (before.waiting === 0) !== (waiting === 0) || before.version !== version;
}

export const isSilent = (talk: Pick<Talk, 'at'> | undefined, now: number): boolean =>
  talk !== undefined && now - talk.at > SILENT_AFTER;

/** @param scans how many were brought in, by ten minutes */
export function scansWithinHour(scans: Readonly<Record<string, number>>, now: number): number {
  const first = firstStepOfHour(now);
  return Object.entries(scans).reduce((sum, [step, count]) => (Number(step) >= first ? sum + count : sum), 0);
}

const DAY = 24 * 60 * 60 * 1000;
/** Days after the event for which a phone may still be let in: things are taken down, certificates handed out. */
const DAYS_AFTER = 14;

/** What is wrong with a phone as an organiser wants to let it in. @param now epoch milliseconds */
export function enrolmentProblems(
  event: Pick<EventDefinition<unknown>, 'days' | 'timeZone' | 'retention'>,
  known: readonly Pick<CheckInList, 'id'>[],
  { name, lists, endsAt, vettedUntil, phones }: Pick<Enrolment, 'name' | 'lists' | 'endsAt' | 'vettedUntil' | 'phones'>,
  now: number,
): readonly FieldIssue[] {
  const latest = eventEnd(event).getTime() + DAYS_AFTER * DAY;
  const isVettedTooShort = vettedUntil !== undefined && !isVettedDevice({ vettedUntil }, lastDay(event));
  return [
    ...(name === '' ? [{ path: 'name', code: 'required' as const }] : []),
    ...lists.flatMap((list, index): FieldIssue[] =>
      known.some(({ id }) => id === list) ? [] : [{ path: `lists.${index}`, code: 'unknown-option' }],
    ),
    ...(endsAt <= now ? [{ path: 'endsAt', code: 'in-the-past' as const }] : []),
    ...(endsAt > latest ? [doesNotFit('endsAt', unfit('shift-end', { days: DAYS_AFTER }))] : []),
    ...(isVettedTooShort ? [doesNotFit('vettedUntil', unfit('phone-vetting'))] : []),
    ...(vettedUntil !== undefined && phones > 1 ? [doesNotFit('phones', unfit('phone-alone'))] : []),
  ];
}
