import providers from 'email-providers/common.json' with { type: 'json' };
import { eventKey, eventListKey, textKey, versionKey } from '../../kernel/dynamo/keys.ts';
import { type TransactItem, transact, untilWritten } from '../../kernel/dynamo/transact.store.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { isId } from '../../kernel/event-id.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { withFormerPlaces } from '../../kernel/text/countries.ts';
import { type DefinitionProblem, doesNotFit, type FieldIssue, unfit } from '../../kernel/text/field-problem.ts';
import { instantOf, localDate } from '../../kernel/text/zoned-time.ts';
import { newJob } from '../../mail/outbox/new-items.store.ts';
import { putJob } from '../../mail/outbox/outbox-items.store.ts';
import { openingProblems } from '../../minors/report/report.ts';
import { withCounters } from '../../seats/quota.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { RoleGrant } from '../../team/role/organiser-role.schema.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { checkMember, deleteRoles, putMember } from '../../team/role/role.store.ts';
import { readersPromised, widenedReaders } from '../answer-readers.ts';
import { consentWordsKey } from '../consent-words.store.ts';
import { rewordedConsents } from '../consents.ts';
import { deletedAt, eventTombstone, goneUntil, rulesReader } from '../event.store.ts';
import type { EventDefinition } from '../event.ts';
import { statusOf } from '../event-standing.ts';
import { joinTexts, splitTexts } from '../event-texts.ts';
import { instantMoved, lastDay, movedTo } from '../event-times.ts';
import { changeDefinition, storedEvent, toldIn } from '../programme/change-definition.case.ts';
import { datesAmiss } from '../programme/programme.case.ts';
import { isSaidAlike } from '../programme/programme-change.ts';
import { WRITES_END } from '../publish/retention.case.ts';
import { asWritten, dropped, publishedConsentWords, readStored } from '../publish/stored-event.case.ts';
import { newEventWrites } from '../publish/write-definition.case.ts';
import { readDefinition, warningsOf, wordedProblem } from './check-definition.case.ts';
import type { COPY_ROUTES, DEFINITION_ROUTES } from './definition.routes.ts';
import type { NewCopy } from './definition.schema.ts';
import { valueAt } from './definition-shape.ts';
import { differences } from './differences.ts';
import { rehearsalStays } from './event-problems.ts';
import { type Check, IS_EMPTY, IS_MISSING, MOST_PROBLEMS } from './fit-definition.case.ts';

export const getDefinition =
  (deps: Needs<'publishing'>): Permitted<typeof DEFINITION_ROUTES.getDefinition> =>
  async ({ params: { eventId } }) => {
    const { version, rules, texts } = await storedEvent(deps, eventId);
    return json(200, { version, definition: { ...joinTexts(asWritten(rules), texts) } });
  };

export const checkDefinition =
  (deps: Needs<'publishing' | 'roles' | 'system'>): Permitted<typeof DEFINITION_ROUTES.checkDefinition> =>
  async ({ params: { eventId }, body: { version, definition }, language }) => {
    const [stored, wanted] = await Promise.all([
      storedEvent(deps, eventId),
      wantedIn(deps, { eventId, version, definition, language }),
    ]);
    const before = joinTexts(stored.rules, stored.texts);
    const after = wanted(before);
    if (stored.version !== version) throw new ProblemError('definition-changed');
    const reworded = rewordedConsents(await publishedConsentWords(deps.publishing, stored), after);
    if (reworded.length > 0) throw new InvalidInputError(toldOf(reworded, definition, language));
    const warnings = warningsOf(after, providers).map((problem) => ({
      path: problem.path.join('.'),
      message: wordedProblem(problem, definition),
    }));
    return json(200, { version, warnings, noLongerOffered: [...dropped(before, after)] });
  };

/** People are told of what changes as they are where a file is published; who has chosen what is offered no longer keeps it. */
export const replaceDefinition =
  (
    deps: Needs<'auditTable' | 'publishing' | 'roles' | 'system'>,
  ): Permitted<typeof DEFINITION_ROUTES.replaceDefinition> =>
  async ({ params: { eventId }, body: { version, definition }, language }, caller) => {
    const changed = await changeDefinition(deps, {
      eventId,
      version,
      caller,
      language,
      action: 'change-definition',
      about: (before, after) =>
        [...new Set(differences(asWritten(before), after).map(({ path: [part] }) => part))].join(', '),
      edit: await wantedIn(deps, { eventId, version, definition, language }),
    });
    return json(200, { version: changed });
  };

interface Wanting {
  readonly eventId: string;
  /** Of the definition that its author looked at. */
  readonly version: number;
  readonly definition: Readonly<Record<string, unknown>>;
  readonly language: string;
}

/**
 * What is to be published of a definition, by the one that is: with its status, and with what it has no more and people may have.
 *
 * @throws InvalidInputError, once it is asked for, that names all that is wrong; ProblemError `definition-changed` where that may be so by
 * what another member changed
 */
async function wantedIn(
  { roles, system }: Needs<'roles' | 'system'>,
  { eventId, version, definition, language }: Wanting,
): Promise<(before: EventDefinition) => EventDefinition> {
  const grants = (await roles.list(eventId)).map((member) => member.grants);
  return (before) => {
    const { status } = before;
    const said = { ...(status && { status }), ...definition, version: before.version };
    const { definition: after, problems } = readDefinition(said, [
      ...checksAgainst(before, grants, system.now()),
      (after) => otherDatesAmiss(before, after, localDate(system.now(), after.timeZone), language),
    ]);
    if (after === undefined && before.version !== version) throw new ProblemError('definition-changed');
    if (after === undefined) throw new InvalidInputError(toldOf(problems, said, language));
    const countries = withFormerPlaces(after.countries, before.countries, after.languages);
    return { ...after, ...(countries && { countries }), quotas: withCounters(after.quotas, before.quotas) };
  };
}

/** What is missing is told as in any form; of all else the words that the author of a file reads say how it is written. */
const toldOf = (problems: readonly DefinitionProblem[], value: unknown, language: string): readonly FieldIssue[] =>
  problems.slice(0, MOST_PROBLEMS).map((each) => {
    if (each.message === IS_MISSING || each.message === IS_EMPTY || valueAt(value, each.path) === '')
      return { path: each.path.join('.'), code: 'required' };
    return toldIn(each.unfit ? each : { ...each, message: wordedProblem(each, value) }, language);
  });

/** What holds a definition against the one that is published, and against who is of the team. */
const checksAgainst = (
  before: EventDefinition,
  grants: readonly (readonly RoleGrant[])[],
  now: Date,
): readonly Check[] => [
  ({ id }) => (id === before.id ? [] : [{ path: ['id'], unfit: unfit('id-stays', { id: before.id }) }]),
  (after) => (statusOf(after) === statusOf(before) ? [] : [{ path: ['status'], unfit: unfit('status-stays') }]),
  (after) => rehearsalStays(before, after),
  (after) => reportsStay(before, after),
  (after) => widenedReaders(readersPromised(before, now), after),
  (after) => openingProblems(before, after, grants, now),
];

/** A year that is mistyped would be told to everyone at once, and keep all that people sent until then. */
function otherDatesAmiss(before: EventDefinition, after: EventDefinition, today: string, language: string) {
  const [was, is] = [before, after].map(({ days }) => days.map(({ date }) => date));
  if (was?.join() === is?.join()) return [];
  // An event that has begun may get another day.
  const since = was?.[0] === is?.[0] ? (is?.[0] ?? today) : today;
  const amiss = datesAmiss(after, since, language);
  return amiss ? [{ path: ['days', 0, 'date'], unfit: amiss }] : [];
}

/** Those who run an event choose nobody who reads about them: a file does, in the hands of who deploys. */
function reportsStay(
  { safeguarding: was }: EventDefinition,
  { safeguarding: is }: EventDefinition,
): DefinitionProblem[] {
  const stays = (path: string[], isSame: boolean) =>
    isSame ? [] : [{ path: ['safeguarding', ...path], unfit: unfit('reports-stay') }];
  if (was === undefined || is === undefined) return stays([], was === is);
  const isDeputy = was.deputy?.email === is.deputy?.email && isSaidAlike(was.deputy?.name ?? {}, is.deputy?.name ?? {});
  return [...stays(['email'], was.email === is.email), ...stays(['deputy'], isDeputy)];
}

type CopyDeps = Needs<'auditTable' | 'invitations' | 'publishing' | 'roles' | 'system'>;

/** Of all that stands in it nothing is about anybody: of the team, its owner alone goes along, and nobody who registered. */
export const copyEvent =
  (deps: CopyDeps): Permitted<typeof COPY_ROUTES.copyEvent> =>
  async ({ params: { eventId }, body, language }, caller) => {
    const { id } = body;
    if (!isId(id) || id.length < SHORTEST_ID) throw new InvalidInputError([doesNotFit('id', unfit('id-form'))]);
    const [stored, owner, isTaken] = await Promise.all([
      storedEvent(deps, eventId),
      deps.roles.read(eventId, caller.id),
      isTakenId(deps, id),
    ]);
    if (owner === undefined) throw new ProblemError('not-permitted');
    const now = deps.system.now();
    const copy = copyOf(joinTexts(asWritten(stored.rules), stored.texts), body, now);
    const { definition, problems } = readDefinition(copy);
    const dates = datesAmiss(copy, localDate(now, copy.timeZone), language);
    const amiss = [
      ...(isTaken ? [TAKEN] : []),
      ...(dates ? [doesNotFit('firstDay', dates)] : []),
      ...toldOf(problems, copy, language),
    ];
    if (definition === undefined || amiss.length > 0) throw new InvalidInputError(amiss);
    const split = splitTexts(definition);
    const { client, registry } = deps.publishing;
    const { label, email, language: spoken } = owner;
    const member = {
      id: caller.id,
      grants: [{ role: 'organiser' as const }],
      label,
      email,
      language: spoken,
      createdAt: now.toISOString(),
      revision: 1,
    };
    const writes = [
      checkMember(registry, eventId, owner),
      ...newEventWrites(split, now, registry),
      ...putMember(registry, id, undefined, member),
      audited(deps, split.rules, caller, 'copy-event', eventId),
    ];
    const [refusal] = await transact(client, writes, deps.system);
    if (refusal?.position === 0) throw new BusyError();
    if (refusal !== undefined) throw new InvalidInputError([TAKEN]);
    return json(201, { id, version: split.rules.version });
  };

const SHORTEST_ID = 3;
const TAKEN = doesNotFit('id', unfit('id-taken'));

/** Whether there is or was an event of this name, or someone waits for one: they would be of the team of another's event. */
async function isTakenId({ publishing, roles, invitations }: CopyDeps, id: string): Promise<boolean> {
  const { client, registry } = publishing;
  const found = await Promise.all([
    rulesReader({ client, registry })(id),
    deletedAt(client, registry, id),
    roles.list(id).then(([member]) => member),
    invitations.list(id).then(([invitation]) => invitation),
  ]);
  return found.some(Boolean);
}

/** An event on other days under another name: shut, and as new as one can be; or a rehearsal, in which everything can be tried at once. */
function copyOf(
  { status: _, shortTitle: __, ...before }: EventDefinition,
  { firstDay, rehearsal = before.rehearsal, ...named }: NewCopy,
  now: Date,
): EventDefinition {
  const { registration, timeZone } = before;
  const days = movedTo(before.days, firstDay);
  const moved = (instant: string) => Date.parse(instantMoved(instant, before, firstDay));
  const [opens, closes] = [moved(registration.opensAt), moved(registration.closesAt)];
  const midnight = instantOf(lastDay({ days }), '23:59', timeZone).getTime();
  const [opensAt, closesAt] = rehearsal
    ? [Math.min(opens, now.getTime()), Math.max(closes, midnight)]
    : [opens, closes];
  const window = { opensAt: new Date(opensAt).toISOString(), closesAt: new Date(closesAt).toISOString() };
  const { closed: ___, ...rules } = registration;
  return {
    ...before,
    ...named,
    ...(rehearsal && { rehearsal }),
    version: 1,
    days,
    registration: { ...rules, ...window, ...(!rehearsal && { closed: true }) },
  };
}

/** What goes in the transaction of the hundred items that it has room for, beside words and members: three of the event, its entry, job and note. */
const BESIDE = 6;

/**
 * Deletes a rehearsal: its definition and its team at once, after which nothing of it can be read, and no mail that waits is sent; what is left
 * by a job, once nobody who was registering meanwhile writes any more. Pressed twice at once, it is done once, and a success twice.
 */
export const deleteRehearsal =
  (deps: Needs<'auditTable' | 'publishing' | 'roles' | 'system'>): Permitted<typeof COPY_ROUTES.deleteRehearsal> =>
  async ({ params: { eventId } }, caller) => {
    const { system, auditTable } = deps;
    const { client, registry, outbox } = deps.publishing;
    const attempt = async () => {
      const [stored, members] = await Promise.all([readStored(deps.publishing, eventId), deps.roles.list(eventId)]);
      if (stored === undefined) {
        if ((await deletedAt(client, registry, eventId)) === undefined) throw new ProblemError('unknown-event');
        return true;
      }
      const { rules, version } = stored;
      if (!rules.rehearsal) throw new ProblemError('not-a-rehearsal');
      const now = system.now();
      const notBefore = new Date(now.getTime() + WRITES_END);
      const Item = eventTombstone(rules, now);
      // First, as where an event is deleted in a terminal: whatever is restored from before is deleted again.
      const puts = [registry, auditTable].map((TableName): TransactItem => ({ Put: { TableName, Item } }));
      await transact(client, puts, system);
      const words = rules.languages.map((language) => textKey(eventId, language));
      // Two items each; roles of others go with all else.
      const room = Math.floor((100 - BESIDE - words.length) / 2);
      const refusals = await transact(
        client,
        [
          { Delete: { TableName: registry, Key: eventKey(eventId), ...asRead(version) } },
          ...[versionKey(eventId), eventListKey(eventId), consentWordsKey(eventId), ...words].map(
            (Key): TransactItem => ({ Delete: { TableName: registry, Key } }),
          ),
          ...members.slice(0, room).flatMap((member) => deleteRoles(registry, eventId, member)),
          putJob(outbox, newJob(system, 'delete-event', eventId, { notBefore }), goneUntil(rules, now)),
          audited(deps, rules, caller, 'delete-rehearsal'),
        ],
        system,
      );
      return refusals.length === 0 || undefined;
    };
    await untilWritten(system, attempt);
    return json(200, { status: 'deleted' });
  };

/** Holds while it is the event that was read, and so the rehearsal. */
const asRead = (version: number) => ({
  ConditionExpression: 'version = :read',
  ExpressionAttributeValues: { ':read': version },
});
