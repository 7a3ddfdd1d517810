import {
  type ContextEntry,
  type EvaluationResult,
  IAMClient,
  paginateSimulatePrincipalPolicy,
} from '@aws-sdk/client-iam';
import { MANIFESTS } from '../../functions/manifests.ts';
import { SEALED } from '../../shared/feedback/token/pass.ts';
import { ROLE_PREFIXES } from '../../shared/kernel/dynamo/tables.ts';
import type { Manifest, ResourceName } from '../../shared/kernel/manifest.ts';
import type { DeployedSystem } from './deployed.ts';

/** What a call is like beside its action and resource, and which resources of a manifest do not allow it then. */
interface Circumstance {
  readonly what: string;
  readonly service: string;
  readonly context: Readonly<Record<string, string>>;
  readonly refusedBy: readonly ResourceName[];
}

const PARTITIONS: readonly ResourceName[] = [
  ...(['guards', 'events', 'definitions', 'tombstones', 'feedbackTokens', 'outboxAccount'] as const),
  ...(['feedback', 'feedbackShown', 'feedbackOpened'] as const),
];

const circumstances = ({ region }: DeployedSystem): readonly Circumstance[] => [
  { what: 'at all', service: 'dynamodb', context: {}, refusedBy: [] },
  {
    what: 'in a partition of nobody',
    service: 'dynamodb',
    context: { 'dynamodb:LeadingKeys': 'NOBODY#it' },
    refusedBy: [...PARTITIONS, 'roles', 'wholeEvents'],
  },
  {
    what: 'in a partition of roles',
    service: 'dynamodb',
    context: { 'dynamodb:LeadingKeys': `${ROLE_PREFIXES.roles}it` },
    refusedBy: [...PARTITIONS, 'registryButRoles'],
  },
  {
    what: 'with the attribute "to"',
    service: 'dynamodb',
    context: { 'dynamodb:Attributes': 'to' },
    refusedBy: ['outboxFates', 'feedbackEnds'],
  },
  {
    what: 'with what was there as the answer',
    service: 'dynamodb',
    context: { 'dynamodb:ReturnValues': 'ALL_OLD' },
    refusedBy: ['careUnseen', 'feedback', 'feedbackEnds'],
  },
  ...Object.entries({ [SEALED.formKeys]: 'answersKey', [SEALED.answers]: 'feedbackKey' } as const).map(
    ([what, other]) => ({
      what: `for ${what}`,
      service: 'kms',
      context: { 'kms:EncryptionContext:what': what, 'kms:ViaService': `dynamodb.${region}.amazonaws.com` },
      refusedBy: [other],
    }),
  ),
  { what: 'from anywhere', service: 'kms', context: {}, refusedBy: ['careKey', 'feedbackKey', 'answersKey'] },
  {
    what: 'in another name',
    service: 'ses',
    context: { 'ses:FromAddress': 'nobody@example.org' },
    refusedBy: ['mail'],
  },
  ...['sqs', 'events', 'cognito-idp'].map((service) => ({ what: 'at all', service, context: {}, refusedBy: [] })),
];

/** What no function may do to any resource. */
const NEVER = [
  'dynamodb:DeleteTable',
  'dynamodb:BatchWriteItem',
  'kms:ScheduleKeyDeletion',
  'kms:PutKeyPolicy',
  'sqs:PurgeQueue',
];

const manifests = Object.values<Manifest>(MANIFESTS);
const serviceOf = (action: string): string => action.split(':')[0] ?? '';

/** Asks IAM about each function, action and resource, and compares. */
export async function simulate(
  deployed: DeployedSystem,
): Promise<{ readonly lines: readonly string[]; readonly differences: number }> {
  const iam = new IAMClient({ maxAttempts: 10 });
  const declared = manifests.flatMap(({ access }) => Object.values(access).flat());
  const actions = [...new Set([...declared, ...NEVER])].sort();
  const resources = [...new Set(manifests.flatMap(({ access }) => Object.keys(access)))] as ResourceName[];
  const lines: string[] = [];
  let differences = 0;
  for (const manifest of manifests) {
    let [asked, allowed] = [0, 0];
    const wrong: string[] = [];
    for (const { what, service, context, refusedBy } of circumstances(deployed)) {
      const ofService = actions.filter((action) => serviceOf(action) === service);
      const arns = [
        ...new Set(resources.filter((each) => isOf(service, each)).flatMap((each) => deployed.arnsOf(each))),
      ].filter((arn) => arn !== '*');
      if (arns.length === 0) continue;
      const input = {
        PolicySourceArn: deployed.roleOf(manifest.name),
        ...{ ActionNames: ofService, ResourceArns: arns, ContextEntries: entriesOf(context) },
      };
      for await (const { EvaluationResults = [] } of paginateSimulatePrincipalPolicy({ client: iam }, input))
        for (const { action, arn, isAllowed } of EvaluationResults.flatMap(decisionsOf)) {
          asked += 1;
          allowed += isAllowed ? 1 : 0;
          const isDeclared = Object.entries(manifest.access).some(
            ([resource, ofResource]) =>
              !refusedBy.includes(resource as ResourceName) &&
              deployed.arnsOf(resource as ResourceName).some((each) => each === '*' || each === arn) &&
              (ofResource as readonly string[]).includes(action),
          );
          if (isAllowed === isDeclared) continue;
          const verdict = isAllowed ? 'allowed, and should not be' : 'refused, and should not be';
          wrong.push(`    ${action} on ${arn.split(':').slice(5).join(':')}, ${what}: ${verdict}`);
        }
    }
    differences += wrong.length;
    const verdict = wrong.length === 0 ? 'as declared' : `${wrong.length} not as declared`;
    lines.push(`${manifest.name.padEnd(18)} ${asked} asked, ${allowed} allowed: ${verdict}`, ...wrong);
  }
  return { lines, differences };
}

const isOf = (service: string, resource: ResourceName): boolean =>
  manifests.some(({ access }) => access[resource]?.some((action) => serviceOf(action) === service));

const entriesOf = (context: Circumstance['context']): ContextEntry[] =>
  Object.entries(context).map(([ContextKeyName, value]) => ({
    ContextKeyName,
    ...{
      ContextKeyValues: [value],
      ContextKeyType: /LeadingKeys|Attributes/.test(ContextKeyName) ? 'stringList' : 'string',
    },
  }));

/** One for each resource; IAM says it of the action alone where it was asked about one. */
function decisionsOf(result: EvaluationResult): { action: string; arn: string; isAllowed: boolean }[] {
  const action = result.EvalActionName ?? '';
  const each = result.ResourceSpecificResults ?? [];
  if (each.length === 0)
    return [{ action, arn: result.EvalResourceName ?? '', isAllowed: result.EvalDecision === 'allowed' }];
  return each.map(({ EvalResourceName: arn = '', EvalResourceDecision }) => ({
    ...{ action, arn, isAllowed: EvalResourceDecision === 'allowed' },
  }));
}
