import { untilWritten } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { formatDate } from '../../kernel/i18n/formats.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import {
  type DefinitionProblem,
  doesNotFit,
  type FieldIssue,
  type Unfit,
  unfit,
} from '../../kernel/text/field-problem.ts';
import { openingProblems } from '../../minors/report/report.ts';
import { withCounters } from '../../seats/quota.ts';
import type { AuditAction } from '../../team/audit/audit.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Caller } from '../../team/role/permitted.case.ts';
import { rewordedConsents } from '../consents.ts';
import type { EventDefinition } from '../event.ts';
import { joinTexts, splitTexts } from '../event-texts.ts';
import { definitionProblems } from '../publish/definition-problems.case.ts';
import { isSame, publishedConsentWords, readStored, type StoredEvent } from '../publish/stored-event.case.ts';
import { writeDefinition } from '../publish/write-definition.case.ts';

type Deps = Needs<'auditTable' | 'publishing' | 'system'>;

export interface DefinitionChange {
  readonly eventId: string;
  /** Of the definition that the caller looked at. */
  readonly version: number;
  readonly caller: Caller;
  /** Of the caller, in which they read why it is refused. */
  readonly language: string;
  readonly action: AuditAction;
  /** The id of what is changed, or which parts are. */
  readonly about?: string | ((before: EventDefinition, edited: EventDefinition) => string);
  /** May throw a problem of its own; is called anew for each attempt. */
  readonly edit: (before: EventDefinition) => EventDefinition;
  /** What a problem's place in the definition is called in the request. */
  readonly pathOf?: (path: readonly (string | number)[]) => string;
  /** What is wrong with the change, beside what is with the definition. */
  readonly refuse?: (before: EventDefinition, edited: EventDefinition) => Promise<readonly DefinitionProblem[]>;
}

/** Each lost race means that an organiser published. */
const MOST_RACES = 5;

/**
 * Changes a definition as publishing a whole one would. A change that is there already is a success, whatever version it was
 * made on.
 *
 * @returns the version that readers now see
 * @throws ProblemError `unknown-event`; `definition-changed` where another change came in between
 * @throws InvalidInputError where the changed definition could not be published
 */
export function changeDefinition(deps: Deps, change: DefinitionChange): Promise<number> {
  const attempt = async () => {
    const stored = await storedEvent(deps, change.eventId);
    const before = joinTexts(stored.rules, stored.texts);
    const edited = change.edit(before);
    const reworded = rewordedConsents(await publishedConsentWords(deps.publishing, stored), edited);
    refuseProblems(
      [...definitionProblems(edited), ...reworded, ...((await change.refuse?.(before, edited)) ?? [])],
      change,
    );
    const split = splitTexts({ ...edited, quotas: withCounters(edited.quotas, stored.rules.quotas) });
    if (isSame(stored, split.rules, split.texts)) return stored.version;
    if (stored.version !== change.version) throw new ProblemError('definition-changed');
    const about = typeof change.about === 'function' ? change.about(before, edited) : change.about;
    const also = [audited(deps, split.rules, change.caller, change.action, about)];
    const written = await writeDefinition(deps.publishing, split, stored, also);
    return written?.version;
  };
  return untilWritten(deps.system, attempt, MOST_RACES);
}

/** Refuses what opens registration although nobody would read what is reported, by who is of the event's team now (CS17, CS23). */
export const refuseOpening =
  ({ roles, system }: Needs<'roles' | 'system'>): NonNullable<DefinitionChange['refuse']> =>
  async (before, edited) => {
    const members = await roles.list(edited.id);
    const grants = members.map((member) => member.grants);
    return openingProblems(before, edited, grants, system.now());
  };

/** @throws ProblemError `unknown-event` */
export async function storedEvent(deps: Needs<'publishing'>, eventId: string): Promise<StoredEvent> {
  const stored = await readStored(deps.publishing, eventId);
  if (stored === undefined) throw new ProblemError('unknown-event');
  return stored;
}

function refuseProblems(problems: readonly DefinitionProblem[], { language, pathOf }: DefinitionChange): void {
  const issues = problems.map((problem) => toldIn(problem, language, pathOf));
  if (issues.length > 0) throw new InvalidInputError(issues);
}

/** What is wrong with a definition, as it is told in the console. @param pathOf what its place is called in the request */
export const toldIn = (
  { path, unfit: why, message = '' }: DefinitionProblem,
  language: string,
  pathOf: NonNullable<DefinitionChange['pathOf']> = (steps) => steps.join('.'),
): FieldIssue => doesNotFit(pathOf(path), why ? inWordsOf(why, language) : unfit('definition', { message }));

/** The author of a file writes days as it has them; in a page they are read as people say them. */
const inWordsOf = (problem: Unfit, language: string): Unfit =>
  problem.why === 'window-late'
    ? unfit('window-late', { day: formatDate(String(problem.with.day), language) })
    : problem;
