import type { PublicEvent } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { countryText } from '../names.ts';
import { t } from '../words.ts';

export type Quotas = AnswerOf<'GET /api/organiser/events/{eventId}/quotas'>;
export type QuotaView = Quotas['quotas'][number];
export type Group = NonNullable<QuotaView['groups']>[number];

/** What the parts of a quota's card do with it. */
export interface QuotaProps {
  readonly quota: QuotaView;
  /** Of the event's definition, as it is shown. */
  readonly version: number;
  readonly onChanged: (quotas: Quotas) => void;
  /** Reads all quotas again: someone else has changed the event. */
  readonly onStale: () => Promise<void>;
}

/** How many are taken, free and waited for, in a sentence. */
export function quotaText({ taken, capacity, waiting, per, groups = [] }: QuotaView): string {
  if (per !== undefined) return t(`seats.perGroup.${per}`, { capacity, taken, having: groups.length, waiting });
  return t('seats.state', { taken, capacity, free: Math.max(capacity - taken, 0), waiting });
}

/** What it means that more are taken than there are; nothing where that is not so. */
export function overText(
  event: PublicEvent,
  { taken, capacity, per, groups = [], overfull }: QuotaView,
): string | undefined {
  if (!overfull) return undefined;
  if (per === undefined) return t('seats.over', { by: taken - capacity, cancelled: taken - capacity + 1 });
  const names = groups.filter((group) => group.overfull).map((group) => groupName(event, per, group));
  return t('seats.groupsOver', { names: names.join(', ') });
}

export function groupName(event: PublicEvent, per: QuotaView['per'], { name }: Group): string {
  if (name === '') return t('seats.unnamed');
  return per === 'country' ? countryText(event, name) : name;
}
