import type { TransactItem } from '../kernel/dynamo/transact.store.ts';
import type { System } from '../kernel/system.store.ts';
import { putJob } from '../mail/outbox/job-item.store.ts';
import { newJob } from '../mail/outbox/new-items.store.ts';
import type { Tables } from '../registration/writes.store.ts';
import type { Announcement } from './announcement.ts';
import { toAnnouncementItem } from './announcement-item.store.ts';

/**
 * Makes an announcement, with the job that writes its mails: for the transaction of whatever it tells. Refused where there is
 * one of its name already, so that nobody is told twice.
 *
 * @param expiresAt epoch seconds: when the event's registrations are forgotten
 */
export const announce = (
  system: System,
  { registry, outbox }: Tables,
  announcement: Announcement,
  expiresAt: number,
): readonly TransactItem[] => [
  {
    Put: {
      TableName: registry,
      Item: toAnnouncementItem(announcement, expiresAt),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  },
  putJob(outbox, newJob(system, 'announce', announcement.eventId, { reference: announcement.id }), expiresAt),
];
