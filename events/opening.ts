import type { DefinitionProblem } from '../shared/domain/definition-problem.ts';
import type { EventDefinition } from '../shared/domain/event.ts';
import { openingProblems } from '../shared/domain/report-readers.ts';
import { readStored } from '../shared/publishing/stored-event.ts';
import { documentClient } from '../shared/store/client.ts';
import { roleStore } from '../shared/store/role-store.ts';
import { realSystem } from '../shared/system.ts';
import type { PublishDeps } from './publish.ts';

/** Why publishing a definition must not open registration, by who is of the event's team now. Nothing where it is open already. */
export async function openingProblemsIn(
  definition: EventDefinition,
  { dynamodb, tableName }: Pick<PublishDeps, 'dynamodb' | 'tableName'>,
): Promise<readonly DefinitionProblem[]> {
  const documents = documentClient(dynamodb);
  const [stored, members] = await Promise.all([
    readStored({ documents, registry: tableName }, definition.id),
    roleStore(documents, tableName).list(definition.id),
  ]);
  const grants = members.map((member) => member.grants);
  return openingProblems(stored?.rules, definition, grants, realSystem.now());
}
