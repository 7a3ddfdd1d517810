import providers from 'email-providers/common.json' with { type: 'json' };
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { withFormerPlaces } from '../../kernel/text/countries.ts';
import { type DefinitionProblem, unfit } from '../../kernel/text/field-problem.ts';
import { openingProblems } from '../../minors/report/report.ts';
import { withCounters } from '../../seats/quota.ts';
import type { RoleGrant } from '../../team/role/organiser-role.schema.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { readersPromised, widenedReaders } from '../answer-readers.ts';
import type { EventDefinition, LocalText } from '../event.ts';
import { statusOf } from '../event-standing.ts';
import { joinTexts } from '../event-texts.ts';
import { changeDefinition, storedEvent, toldIn } from '../programme/change-definition.case.ts';
import { asWritten, dropped } from '../publish/stored-event.case.ts';
import { readDefinition, warningsOf, wordedProblem } from './check-definition.case.ts';
import type { DEFINITION_ROUTES } from './definition.routes.ts';
import { differences } from './differences.ts';
import type { Check } from './fit-definition.case.ts';

export const getDefinition =
  (deps: Needs<'publishing'>): Permitted<typeof DEFINITION_ROUTES.getDefinition> =>
  async ({ params: { eventId } }) => {
    const { version, rules, texts } = await storedEvent(deps, eventId);
    return json(200, { version, definition: { ...joinTexts(asWritten(rules), texts) } });
  };

export const checkDefinition =
  (deps: Needs<'publishing' | 'roles' | 'system'>): Permitted<typeof DEFINITION_ROUTES.checkDefinition> =>
  async ({ params: { eventId }, body: { version, definition }, language }) => {
    const [{ rules, texts, ...stored }, wanted] = await Promise.all([
      storedEvent(deps, eventId),
      wantedIn(deps, { eventId, version, definition, language }),
    ]);
    const before = joinTexts(rules, texts);
    const after = wanted(before);
    if (stored.version !== version) throw new ProblemError('definition-changed');
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

/** Nobody mends more than this at once. */
const MOST_PROBLEMS = 100;

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
    const { definition: after, problems } = readDefinition(said, checksAgainst(before, grants, system.now()));
    if (after === undefined && before.version !== version) throw new ProblemError('definition-changed');
    const told = (each: DefinitionProblem) =>
      toldIn(each.unfit ? each : { ...each, message: wordedProblem(each, said) }, language);
    if (after === undefined) throw new InvalidInputError(problems.slice(0, MOST_PROBLEMS).map(told));
    const countries = withFormerPlaces(after.countries, before.countries, after.languages);
    return { ...after, ...(countries && { countries }), quotas: withCounters(after.quotas, before.quotas) };
  };
}

/** What holds a definition against the one that is published, and against who is of the team. */
const checksAgainst = (
  before: EventDefinition,
  grants: readonly (readonly RoleGrant[])[],
  now: Date,
): readonly Check[] => [
  ({ id }) => (id === before.id ? [] : [{ path: ['id'], unfit: unfit('id-stays', { id: before.id }) }]),
  (after) => (statusOf(after) === statusOf(before) ? [] : [{ path: ['status'], unfit: unfit('status-stays') }]),
  (after) => reportsStay(before, after),
  (after) => widenedReaders(readersPromised(before, now), after),
  (after) => openingProblems(before, after, grants, now),
];

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

/** A name may be written in one more language, or in one less. */
const isSaidAlike = (was: LocalText, is: LocalText): boolean =>
  Object.entries(was).every(([language, name]) => (is[language] ?? name) === name);
