import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../atomic-file.ts';

/** What is known of a message beside its bytes. */
export interface KeptEnvelope {
  /** SES's message id. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
  readonly from: string;
  readonly destinations: readonly string[];
  readonly subject: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet?: string;
}

export interface MailboxStore {
  save(envelope: KeptEnvelope, raw: Buffer): Promise<void>;
  /** Newest first. */
  list(): readonly KeptEnvelope[];
  find(id: string): KeptEnvelope | undefined;
  /** The bytes exactly as they were sent. */
  raw(id: string): Promise<Buffer>;
}

/** Messages in a directory: `<id>.eml` as sent, `<id>.json` its envelope. A message without an envelope was never accepted. */
export async function openStore(directory: string): Promise<MailboxStore> {
  await mkdir(directory, { recursive: true });
  const envelopes = new Map((await readEnvelopes(directory)).map((envelope) => [envelope.id, envelope]));
  const fileOf = (id: string, extension: string) => join(directory, `${id}.${extension}`);
  return {
    async save(envelope, raw) {
      await writeAtomically(fileOf(envelope.id, 'eml'), raw);
      const text = JSON.stringify(envelope, null, 2);
      await writeAtomically(fileOf(envelope.id, 'json'), text);
      // Anew: a string cut out of a request keeps all of the request in memory.
      const kept = JSON.parse(text) as KeptEnvelope;
      envelopes.set(kept.id, kept);
    },
    list: () => [...envelopes.values()].reverse(),
    find: (id) => envelopes.get(id),
    raw: (id) => readFile(fileOf(id, 'eml')),
  };
}

async function readEnvelopes(directory: string): Promise<KeptEnvelope[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.json'));
  const envelopes = await Promise.all(
    files.map(async (file) => JSON.parse(await readFile(join(directory, file), 'utf8')) as KeptEnvelope),
  );
  return envelopes.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
}
