import * as z from 'zod';
import { REGISTRATION_STATUSES } from '../event/attendee.ts';
import { programmeChange } from '../event/known-programme.schema.ts';
import { announcementKey } from '../kernel/dynamo/keys.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import { ANNOUNCEMENT_KINDS } from '../mail/kinds.ts';

import type { Announcement, AnnouncementProgress } from './announcement.ts';

/** An announcement, and how far writing its mails has come. */
export type StoredAnnouncement = Announcement & AnnouncementProgress;

export const storedAnnouncement = stored(() => ({
  v: field(z.literal(1), 'records', 'event'),
  eventId: field(z.string(), 'impersonal', 'event'),
  id: field(z.string(), 'impersonal', 'event'),
  kind: field(z.enum(ANNOUNCEMENT_KINDS), 'impersonal', 'event'),
  segment: field(
    z.object({
      statuses: z.array(z.enum(REGISTRATION_STATUSES)).optional(),
      categories: z.array(z.string()).optional(),
      modes: z.array(z.enum(['in-person', 'online'])).optional(),
      sessions: z.array(z.string()).optional(),
      attending: z.literal(true).optional(),
    }),
    'impersonal',
    'event',
  ),
  createdAt: field(z.string(), 'impersonal', 'event'),
  words: field(
    z.record(z.string(), z.object({ subject: z.string(), text: z.string() })).optional(),
    'impersonal',
    'event',
  ),
  changes: field(z.array(programmeChange()).optional(), 'impersonal', 'event'),
  expected: field(z.int().optional(), 'impersonal', 'event'),
  cursor: field(z.string().optional(), 'mail', 'event'),
  written: field(z.int(), 'impersonal', 'event'),
  doneAt: field(z.string().optional(), 'impersonal', 'event'),
  stoppedAt: field(z.string().optional(), 'impersonal', 'event'),
  guardiansAt: field(z.string().optional(), 'impersonal', 'event'),
}));

/** @param expiresAt epoch seconds */
export const toAnnouncementItem = (announcement: Announcement, expiresAt: number) => ({
  ...announcementKey(announcement.eventId, announcement.id),
  v: 1,
  ...announcement,
  written: 0,
  expiresAt,
});

export function fromAnnouncementItem(item: Record<string, unknown>): StoredAnnouncement {
  const { v: _, ...announcement } = storedAnnouncement().parse(item);
  return announcement;
}
