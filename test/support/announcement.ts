import type { Announcement } from '../../shared/announcements/announcement.schema.ts';
import { announce } from '../../shared/announcements/announcement.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import type { Parts } from './parts.ts';

const LATER = Math.floor(Date.parse('2099-01-01T00:00:00Z') / 1000);

/** Makes an announcement as whatever causes one does. */
export async function makeAnnouncement(
  { database: { tables, client } }: Parts,
  eventId: string,
  changes: Partial<Announcement> = {},
): Promise<Announcement> {
  const announcement: Announcement = {
    eventId,
    id: 'identity-cards',
    kind: 'organiser-message',
    segment: { statuses: ['confirmed'] },
    createdAt: realSystem.now().toISOString(),
    words: {
      en: { subject: 'Bring your identity card', text: 'The hall checks who comes in.\n\nSee you there.' },
      km: { subject: 'សូមយកអត្តសញ្ញាណប័ណ្ណមកជាមួយ', text: 'សាលប្រជុំពិនិត្យអ្នកចូលរួម។' },
    },
    ...changes,
  };
  await writeAll(documentClient(client), announce(realSystem, tables, announcement, LATER), realSystem);
  return announcement;
}
