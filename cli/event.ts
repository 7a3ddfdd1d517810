import { setTimeout as wait } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { WORDS } from '../shared/event/definition/check-definition.case.ts';
import type { Dropped } from '../shared/event/definition/definition.schema.ts';
import type { EventDefinition } from '../shared/event/event.ts';
import { definitionWords } from '../shared/kernel/i18n/problems.ts';
import type { DefinitionProblem } from '../shared/kernel/text/field-problem.ts';
import { reportingProblems } from '../shared/minors/report/report.ts';
import { EXIT, runCommand, UsageError } from './command.ts';
import { describe, readEvent, textOf } from './event-file.ts';

const HELP = `Usage: npm run event -- check FILE... [--table NAME] [--endpoint URL]
       npm run event -- publish FILE --table NAME --outbox NAME --audit NAME [--closed] [--endpoint URL]
       npm run event -- show EVENT --table NAME [--endpoint URL]
       npm run event -- people EVENT --table NAME --outbox NAME --audit NAME [--endpoint URL]
       npm run event -- delete EVENT --confirm EVENT --table NAME --outbox NAME --audit NAME --care NAME --feedback NAME

check     says what is wrong with event definitions, each problem with its line, and warns; without a safeguarding contact and a deputy
          outside the secretariat, registration cannot open
          --table     also says where nobody may read reports, so that it would not be published, what of the published event
                      it would replace, and what people may have chosen that nobody could choose any more
publish   puts an event into the Registry table; the same event again changes nothing, and a file of a lower version
          than the published one is refused: it does not know what the console has changed since; each value that it replaces is said with both
          --table     the Registry table's name (in AWS: an output of the Data stack)
          --outbox    the Outbox table's name: those who wait may have a seat once there are more
          --audit     the Audit table's name: owners see there that it was published
          --closed    registration is shut until an organiser opens it, or this is published without it: as long as no
                      member may read reports, or they reach no deputy, it is refused otherwise
show      prints the event as it is published, as a file says it: what owners changed in the console is in it
people    has the index of an event's people, which lists are served from, made anew from its registrations, within a minute or two
delete    deletes an event with everyone in it, reports and answers too, and mails nobody; a restore deletes it again. What the audit says of it
          stays until the end of its retention
          --care, --feedback  the names of those tables
          --confirm           the event once more
          --endpoint  of DynamoDB, if it is not AWS; region and credentials come from the environment`;

process.exitCode = await runCommand(
  HELP,
  ['table', 'outbox', 'audit', 'endpoint', 'care', 'feedback', 'confirm'],
  ([command, ...files], { table, outbox, audit, endpoint, ...more }, { closed = false }) => {
    if (command === 'check') return check(files, table, endpoint);
    if (command === 'publish') return publish(files, { table, outbox, audit, endpoint, closed });
    if (command === 'show') return show(files, table, endpoint);
    if (command === 'people') return makePeople(files, { table, outbox, audit, endpoint });
    if (command === 'delete') return remove(files, { ...more, registry: table, outbox, audit }, endpoint);
    throw new UsageError(command === undefined ? 'say what to do' : `there is no command "${command}"`);
  },
  ['closed'],
);

async function remove(
  events: readonly string[],
  { confirm, ...tables }: Readonly<Record<string, string | undefined>>,
  endpoint: string | undefined,
): Promise<number> {
  const [eventId] = events;
  const { registry, outbox, audit, care, feedback } = tables;
  if (eventId === undefined || events.length > 1) throw new UsageError('delete needs one event');
  if (!registry || !outbox || !audit || !care || !feedback)
    throw new UsageError('delete needs --table, --outbox, --audit, --care and --feedback');
  if (confirm !== eventId)
    throw new UsageError(`--confirm ${confirm ?? ''}: expected ${eventId}, which goes with everyone in it`);
  const [{ deleteEvent }, { documentClient }, { realSystem }] = await Promise.all([
    import('./delete-event.ts'),
    import('../shared/kernel/dynamo/client.store.ts'),
    import('../shared/kernel/system.store.ts'),
  ]);
  const client = documentClient(await connect(endpoint));
  console.log(`${eventId}: nobody can register any more; deleting what is kept of it`);
  const deleted = await deleteEvent(client, { registry, outbox, audit, care, feedback }, eventId, realSystem);
  console.log(`${eventId}: ${deleted} items are deleted`);
  return deleted > 0 ? EXIT.done : EXIT.problems;
}

async function check(files: readonly string[], table?: string, endpoint?: string): Promise<number> {
  if (files.length === 0) throw new UsageError('check needs a file');
  const problems: string[] = [];
  for (const file of files) {
    const { definition, problems: wrong, warnings } = readEvent(textOf(file), [reportingProblems]);
    if (definition) console.log(`${file}: ${summary(definition)}`);
    problems.push(...describe(file, wrong));
    if (definition) await warn(file, warnings, definition, table, endpoint);
    if (definition && table !== undefined) {
      problems.push(...said(file, await unread(definition, table, endpoint)));
      const { changedBy } = await import('./publish.ts');
      const { dropped, replaced } = await changedBy(definition, {
        dynamodb: await connect(endpoint),
        tableName: table,
      });
      for (const each of [...replaced, ...dropped.map(noLongerOffered)]) console.log(`${file}: ${each}`);
    }
  }
  for (const problem of problems) console.error(problem);
  return problems.length === 0 ? EXIT.done : EXIT.problems;
}

/** Says what is hardly meant; that days are over only where the event is not published, as far as that is known. */
async function warn(file: string, warnings: Warnings, { id }: EventDefinition, table?: string, endpoint?: string) {
  const isThere =
    table !== undefined &&
    (await (await import('./publish.ts')).isPublished(id, { dynamodb: await connect(endpoint), tableName: table }));
  const told = warnings.filter(({ path }) => !(isThere && path.startsWith('days.')));
  for (const line of describe(file, told, 'warning: ')) console.error(line);
}

/** Problems where nobody would read what is reported, and registration is open or will be; and where more would read what was answered. */
async function unread(definition: EventDefinition, table: string, endpoint?: string) {
  const { publishingProblemsIn } = await import('./publish.ts');
  return publishingProblemsIn(definition, { dynamodb: await connect(endpoint), tableName: table });
}

function said(file: string, problems: readonly DefinitionProblem[]): string[] {
  return problems.map((problem) => `${file}: ${problem.path.join('.')}: ${definitionWords(problem, WORDS)}`);
}

async function connect(endpoint: string | undefined): Promise<DynamoDBClient> {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  return new DynamoDBClient(endpoint === undefined ? {} : { endpoint });
}

type Warnings = ReturnType<typeof readEvent>['warnings'];

interface PublishOptions {
  readonly table: string | undefined;
  readonly outbox: string | undefined;
  readonly audit: string | undefined;
  readonly endpoint: string | undefined;
  readonly closed: boolean;
}

async function publish(
  files: readonly string[],
  { table: tableName, outbox: outboxTable, audit: auditTable, endpoint, closed }: PublishOptions,
): Promise<number> {
  const [file] = files;
  if (file === undefined || files.length > 1) throw new UsageError('publish needs one file');
  if (tableName === undefined) throw new UsageError('publish needs --table NAME');
  if (outboxTable === undefined) throw new UsageError('publish needs --outbox NAME');
  if (auditTable === undefined) throw new UsageError('publish needs --audit NAME');
  const { definition: written, problems: wrong, warnings } = readEvent(textOf(file));
  if (written === undefined) throw new Error(describe(file, wrong).join('\n'));
  const { registration } = written;
  const definition = closed ? { ...written, registration: { ...registration, closed } } : written;
  const dynamodb = await connect(endpoint);
  const problems = await unread(definition, tableName, endpoint);
  if (problems.length > 0) {
    const instead = 'Publish it with --closed, name and invite those whom reports reach, and open it then.';
    // Shut or not, answers stay what they were promised to be.
    const isOfReports = problems.some(({ path: [part = ''] }) => !['questions', 'rehearsal'].includes(String(part)));
    throw new Error([...said(file, problems), ...(isOfReports ? [instead] : [])].join('\n'));
  }
  await warn(file, warnings, definition, tableName, endpoint);
  const { publishEvent } = await import('./publish.ts');
  const say = (words: string) => console.log(`${definition.id}: ${words}`);
  const {
    version,
    changed,
    kept,
    overfull,
    announced,
    dropped = [],
    replaced = [],
  } = await publishEvent(definition, {
    dynamodb,
    tableName,
    outboxTable,
    auditTable,
    refuseOutdated: true,
    wait(milliseconds) {
      say(`its end has moved; waiting ${milliseconds / 1000} seconds for those who are registering right now`);
      return wait(milliseconds);
    },
  });
  say(`version ${version} ${changed ? 'is published' : 'was published already'}`);
  if (announced) say(`everyone who is registered is mailed "${announced}"`);
  for (const { quota, capacity, taken } of overfull) {
    say(`quota "${quota}" has ${capacity} seats, and ${taken} are taken: they stay taken, and no more are given`);
  }
  for (const each of [...replaced, ...dropped.map(noLongerOffered)]) say(each);
  if (kept) say(`registrations and address locks now kept until ${kept.until.toISOString()}: ${kept.items}`);
  return EXIT.done;
}

function noLongerOffered({ part, id, name, shown }: Dropped): string {
  return `"${name}" (${part}: ${id}) is no longer offered: people who chose it keep it, and lists say "${shown}"`;
}

function summary({
  languages,
  title,
  days,
  categories,
  questions,
  quotas,
  sessions,
  version,
}: EventDefinition): string {
  const dates = [days[0], days.at(-1)].map((day) => day?.date).join(' to ');
  const counts = { categories, questions, quotas, sessions };
  const counted = Object.entries(counts).map(([name, items]) => `${items.length} ${name}`);
  return [`"${title[languages[0] ?? '']}"`, `version ${version}`, dates, languages.join(' '), ...counted].join(', ');
}

async function show([eventId, ...others]: readonly string[], table?: string, endpoint?: string): Promise<number> {
  if (eventId === undefined || others.length > 0) throw new UsageError('show needs the id of one event');
  if (table === undefined) throw new UsageError('show needs --table NAME');
  const [{ publishedDefinition }, { stringify }] = await Promise.all([import('./publish.ts'), import('yaml')]);
  const definition = await publishedDefinition(eventId, { dynamodb: await connect(endpoint), tableName: table });
  if (definition === undefined) throw new Error(`there is no event "${eventId}"`);
  console.log(stringify(definition, { lineWidth: 120 }).trimEnd());
  return EXIT.done;
}

async function makePeople(
  [eventId, ...others]: readonly string[],
  { table, outbox, audit, endpoint }: Omit<PublishOptions, 'closed'>,
): Promise<number> {
  if (eventId === undefined || others.length > 0) throw new UsageError('people needs the id of one event');
  if (table === undefined) throw new UsageError('people needs --table NAME');
  if (outbox === undefined) throw new UsageError('people needs --outbox NAME');
  if (audit === undefined) throw new UsageError('people needs --audit NAME');
  const dynamodb = await connect(endpoint);
  const { makePeopleAnew } = await import('./publish.ts');
  await makePeopleAnew(eventId, { dynamodb, tableName: table, outboxTable: outbox, auditTable: audit });
  console.log(`${eventId}: the index of its people is being made anew`);
  return EXIT.done;
}
