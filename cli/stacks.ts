import {
  type CloudFormationClient,
  DescribeStacksCommand,
  type Output,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';

/** @returns what it put out last, also while it is updated or where that failed; nothing of a stack that is not there, or was never finished */
export async function outputsOf(
  client: CloudFormationClient,
  StackName: string,
): Promise<Record<string, string> | undefined> {
  const { Stacks: [stack] = [] } = (await ofStackThatIs(client.send(new DescribeStacksCommand({ StackName })))) ?? {};
  if (!/^(CREATE_COMPLETE$|UPDATE_|IMPORT_)/.test(stack?.StackStatus ?? '')) return undefined;
  return Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }: Output) => [OutputKey, OutputValue]),
  );
}

/** What a stack made; nothing where there is no such stack. */
export async function resourcesIn(client: CloudFormationClient, StackName: string): Promise<StackResourceSummary[]> {
  const resources: StackResourceSummary[] = [];
  const all = async () => {
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName }))
      resources.push(...StackResourceSummaries);
  };
  await ofStackThatIs(all());
  return resources;
}

/** By logical id without its hash, the physical one. */
export const idsIn = async (client: CloudFormationClient, stack: string): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (await resourcesIn(client, stack)).map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
      withoutHash(LogicalResourceId),
      PhysicalResourceId,
    ]),
  );

/** `Registry` of `Registry0A1B2C3D`. */
export const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

/** @throws Error where a stage has nothing of that name */
export function named(ids: ReadonlyMap<string, string> | undefined, id: string): string {
  const found = ids?.get(id);
  if (!found) throw new Error(`the stage has no ${id}: deploy it first`);
  return found;
}

/** CloudFormation has no name of its own for a stack that is not there. */
async function ofStackThatIs<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return undefined;
    throw error;
  }
}
