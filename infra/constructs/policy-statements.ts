import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { FunctionName } from '../../shared/env.ts';
import { PERMISSIONS, type Resource, type ResourceName } from '../permissions.ts';

/** The statements of one function's role; none for what a deployment has not got. */
export function permissionsOf(
  name: FunctionName,
  resources: Readonly<Record<ResourceName, Resource>>,
): PolicyStatement[] {
  return Object.entries(PERMISSIONS[name]).flatMap(([resource, actions]) => {
    const { arns, conditions } = resources[resource as ResourceName];
    if (arns.length === 0) return [];
    return [new PolicyStatement({ actions: [...actions], resources: [...arns], ...(conditions && { conditions }) })];
  });
}
