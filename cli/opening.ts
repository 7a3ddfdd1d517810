import type { EventDefinition } from '../shared/event/event.ts';
import { readStored } from '../shared/event/publish/stored-event.case.ts';
import { documentClient } from '../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../shared/kernel/system.store.ts';
import type { DefinitionProblem } from '../shared/kernel/text/definition-problem.ts';
import { publishingProblems } from '../shared/minors/report/report-readers.ts';
import { roleStore } from '../shared/team/role/role.store.ts';
import type { PublishDeps } from './publish.ts';

/** Why a definition by which registration is open must not be published, by the members of the event's team now. */
export async function publishingProblemsIn(
  definition: EventDefinition,
  { dynamodb, tableName }: Pick<PublishDeps, 'dynamodb' | 'tableName'>,
): Promise<readonly DefinitionProblem[]> {
  const client = documentClient(dynamodb);
  const [stored, members] = await Promise.all([
    readStored({ client, registry: tableName }, definition.id),
    roleStore({ client, registry: tableName }).list(definition.id),
  ]);
  const grants = members.map((member) => member.grants);
  // A file that says none leaves the status as it is.
  const status = definition.status ?? stored?.rules.status;
  return publishingProblems({ ...definition, ...(status && { status }) }, grants, realSystem.now());
}
