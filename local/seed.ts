import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadEvent } from '../cli/event-file.ts';
import { grantRoles } from '../cli/grant-roles.ts';
import { DeletedEventError, isPublished, publishEvent } from '../cli/publish.ts';
import { writeAtomically } from './atomic-file.ts';
import type { LocalDatabase } from './database.ts';
import { PEOPLE } from './identity/people.ts';

/** The event that the site opens with. */
export const SAMPLE_EVENT = 'asean-ict-forum';

const EVENTS = fileURLToPath(new URL('../events/', import.meta.url));

/** What was published last from each file of `events/`, by its name: a hash of what it said. */
type Seeded = Readonly<Record<string, string>>;

const SEEDED_FILE = 'seeded-events.json';

interface Seeding extends Pick<LocalDatabase, 'client' | 'tables'> {
  /** Where what was seeded is remembered. */
  readonly directory: string;
  /** Where event definitions are; those of the project when absent. */
  readonly events?: string;
  readonly log: (line: string) => void;
}

/**
 * Publishes the event definitions of the project. What is there already stays as it is, with what the console changed,
 * until its file says something else than when it was published last.
 */
export async function seedEvents({ client, tables, directory, events = EVENTS, log }: Seeding): Promise<void> {
  const deps = { dynamodb: client, tableName: tables.registry, outboxTable: tables.outbox };
  const memory = join(directory, SEEDED_FILE);
  let seeded = await readSeeded(memory);
  for (const file of readdirSync(events).filter((name) => name.endsWith('.yaml'))) {
    const warnings: string[] = [];
    const definition = loadEvent(join(events, file), (line) => warnings.push(`  ${line}`));
    const hash = createHash('sha256').update(JSON.stringify(definition)).digest('hex');
    const isThere = await isPublished(definition.id, deps);
    const isChanged = seeded[file] !== undefined && seeded[file] !== hash;
    if (isThere && isChanged) log(`  events/${file} has changed: it replaces the event, also what the console changed`);
    if (!isThere || isChanged)
      await publishEvent(definition, deps).catch((error: unknown) => {
        if (!(error instanceof DeletedEventError)) throw error;
        log(`  ${error.message}`);
      });
    if (seeded[file] === hash) continue;
    for (const line of warnings) log(line);
    seeded = { ...seeded, [file]: hash };
    await writeAtomically(memory, JSON.stringify(seeded));
  }
}

/** Nothing in a directory that is new. */
async function readSeeded(file: string): Promise<Seeded> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** Gives the made-up people of the sign-in page their roles in an event. */
export async function seedRoles(
  { client, tables }: Pick<LocalDatabase, 'client' | 'tables'>,
  issuer: string,
  eventId = SAMPLE_EVENT,
): Promise<void> {
  for (const { subject, name, grants, email } of PEOPLE.filter(({ grants }) => grants.length > 0)) {
    const granted = { eventId, identity: { issuer, subject }, label: name, grants, email };
    await grantRoles(granted, { dynamodb: client, tableName: tables.registry });
  }
}
