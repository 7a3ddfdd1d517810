import * as z from 'zod';
import { REGISTRATION_STATUSES } from '../event/attendee.ts';
import { programmeChange } from '../event/known-programme.schema.ts';
import { announcementKey } from '../kernel/dynamo/keys.ts';
import type { UsesOf } from '../kernel/dynamo/uses-of.ts';
import { once } from '../kernel/once.ts';
import { ANNOUNCEMENT_KINDS } from '../mail/kinds.ts';

import type { Announcement, AnnouncementProgress } from './announcement.ts';

/** An announcement, and how far writing its mails has come. */
export type StoredAnnouncement = Announcement & AnnouncementProgress;

export const storedAnnouncement = once(() =>
  z.object({
    v: z.literal(1),
    eventId: z.string(),
    id: z.string(),
    kind: z.enum(ANNOUNCEMENT_KINDS),
    segment: z.object({
      statuses: z.array(z.enum(REGISTRATION_STATUSES)).optional(),
      categories: z.array(z.string()).optional(),
      modes: z.array(z.enum(['in-person', 'online'])).optional(),
      sessions: z.array(z.string()).optional(),
      attending: z.literal(true).optional(),
    }),
    createdAt: z.string(),
    words: z.record(z.string(), z.object({ subject: z.string(), text: z.string() })).optional(),
    changes: z.array(programmeChange()).optional(),
    expected: z.int().optional(),
    cursor: z.string().optional(),
    written: z.int(),
    doneAt: z.string().optional(),
    stoppedAt: z.string().optional(),
    guardiansAt: z.string().optional(),
  }),
);

export const ANNOUNCEMENT_USES = {
  v: ['records', 'event'],
  eventId: ['impersonal', 'event'],
  id: ['impersonal', 'event'],
  kind: ['impersonal', 'event'],
  segment: ['impersonal', 'event'],
  createdAt: ['impersonal', 'event'],
  words: ['impersonal', 'event'],
  changes: ['impersonal', 'event'],
  expected: ['impersonal', 'event'],
  cursor: ['mail', 'event'],
  written: ['impersonal', 'event'],
  doneAt: ['impersonal', 'event'],
  stoppedAt: ['impersonal', 'event'],
  guardiansAt: ['impersonal', 'event'],
} as const satisfies UsesOf<typeof storedAnnouncement>;

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
