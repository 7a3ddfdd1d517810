import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadEvent } from '../../cli/event-file.ts';
import { publishEvent } from '../../cli/publish.ts';
import { type LocalDatabase, startDatabase } from '../../local/database.ts';
import { seedEvents } from '../../local/seed.ts';
import { eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';

const SOURCE = await readFile('events/asean-ict-forum.yaml', 'utf8');
const TITLE = 'ASEAN ICT Forum on Child Online Protection';

let directory: string;
let events: string;
let database: LocalDatabase;
let lines: string[];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plenary-seed-'));
  events = join(directory, 'events');
  await mkdir(events);
  database = await startDatabase({ directory });
});

afterAll(async () => {
  await database?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** As each start of the local system does. */
async function start(): Promise<void> {
  lines = [];
  await seedEvents({ ...database, directory, events, log: (line) => lines.push(line) });
}

const write = (id: string, title: string) =>
  writeFile(
    join(events, `${id}.yaml`),
    SOURCE.replace('id: asean-ict-forum', `id: ${id}`).replace(`en: ${TITLE}`, `en: ${title}`),
  );

/** As the console does: what is published is no longer what the file says. */
const changeHost = (id: string) =>
  publishEvent(
    { ...loadEvent(join(events, `${id}.yaml`)), host: { en: 'Changed', km: 'បានប្ដូរ' } },
    { dynamodb: database.client, tableName: database.tables.registry, outboxTable: database.tables.outbox },
  );

const read = async (id: string) =>
  (
    await eventStore({
      client: documentClient(database.client),
      registry: database.tables.registry,
      system: realSystem,
    }).readEvent(id, 'en')
  )?.event;

it('keeps what was changed since, start after start, until the file says something else', async () => {
  await write('kept', 'As written');
  await start();
  expect(await read('kept')).toMatchObject({ title: 'As written', version: 1 });

  await changeHost('kept');
  await start();
  await start();
  expect(await read('kept')).toMatchObject({ host: 'Changed', version: 2 });
  expect(lines).toEqual([]);

  await write('kept', 'Written anew');
  await start();
  expect(await read('kept')).toMatchObject({ title: 'Written anew', version: 3 });
  expect((await read('kept'))?.host).not.toBe('Changed');
  expect(lines).toEqual([expect.stringContaining('events/kept.yaml has changed')]);
});

it('publishes a file that is new, with what is hardly meant in it, beside events that stay', async () => {
  await changeHost('kept');
  await write('late', 'Added later');
  const file = join(events, 'late.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace(/(closesAt: .*)\+07:00/, '$1+08:00'));
  await start();
  expect(lines).toEqual([
    expect.stringMatching(/^ {2}.*late\.yaml:\d+:\d+ registration\.closesAt = .*: warning: clocks in/),
  ]);
  await start();
  expect(lines).toEqual([]);
  expect(await read('late')).toMatchObject({ title: 'Added later', version: 1 });
  expect(await read('kept')).toMatchObject({ host: 'Changed' });
});

it('publishes again where tables are empty, whatever it remembers, and keeps an event that it does not remember', async () => {
  await rm(join(directory, 'seeded-events.json'));
  await start();
  expect(await read('kept')).toMatchObject({ host: 'Changed' });

  const elsewhere = await mkdtemp(join(tmpdir(), 'plenary-seed-'));
  const empty = await startDatabase({ directory: elsewhere });
  await seedEvents({ ...empty, directory, events, log: (line) => lines.push(line) });
  const store = eventStore({
    client: documentClient(empty.client),
    registry: empty.tables.registry,
    system: realSystem,
  });
  expect((await store.readEvent('kept', 'en'))?.event).toMatchObject({ title: 'Written anew', version: 1 });
  await empty.stop();
  await rm(elsewhere, { recursive: true });
});
