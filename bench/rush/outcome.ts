import type { JsonMessage } from '../../local/mailbox/inbox.ts';
import type { LocalSystem } from '../../local/system.ts';
import { mailWords } from '../../shared/kernel/i18n/mail.store.ts';
import { readTable } from './read-table.ts';

/** What became of each address, however often. */
export type Outcome = ReadonlyMap<string, readonly string[]>;

/** The status of every registration for an event, from the table. */
export async function registered(system: LocalSystem, eventId: string): Promise<Outcome> {
  const items = await readTable(system, 'registry');
  const registrations = items.filter(
    (item) => String(item['pk']).startsWith('REGISTRATION#') && item['eventId'] === eventId,
  );
  return grouped(registrations.map((item) => [String(item['email']), String(item['status'])]));
}

const KINDS = ['confirmed', 'waitlisted'] as const;

/** What every mail in the mailbox tells, from its subject in English. */
export async function told({ mailboxUrl }: LocalSystem, eventTitle: string): Promise<Outcome> {
  const t = mailWords('en');
  const kinds = new Map<string, string>(KINDS.map((kind) => [t(`${kind}.subject`, { event: eventTitle }), kind]));
  const messages = (await (await fetch(`${mailboxUrl}/messages`)).json()) as JsonMessage[];
  return grouped(
    messages.flatMap(({ destinations, subject }) =>
      destinations.map((address): [string, string] => [address, kinds.get(subject) ?? subject]),
    ),
  );
}

/** How many addresses had each outcome: `{ confirmed: 50, waitlisted: 450 }`. */
export function tally(outcome: Outcome): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const each of outcome.values()) {
    const name = each.join(' and ');
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function grouped(pairs: readonly (readonly [address: string, what: string])[]): Outcome {
  const groups = new Map<string, string[]>();
  for (const [address, what] of pairs) groups.set(address, [...(groups.get(address) ?? []), what]);
  return groups;
}
