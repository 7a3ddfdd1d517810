import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Manifest, ResourceName } from '../../shared/kernel/manifest.ts';

/** What a name of a manifest stands for in a deployment. */
export interface PolicyResource {
  readonly arns: readonly string[];
  /** IAM conditions under which access is given. */
  readonly conditions?: Readonly<Record<string, unknown>>;
}

export type Resources = Readonly<Record<ResourceName, PolicyResource>>;

/** The statements of one function's role; none for what a deployment has not got. */
export function permissionsOf({ access }: Manifest, resources: Resources): PolicyStatement[] {
  return Object.entries(access).flatMap(([resource, actions]) => {
    const { arns, conditions } = resources[resource as ResourceName];
    if (arns.length === 0) return [];
    return [new PolicyStatement({ actions: [...actions], resources: [...arns], ...(conditions && { conditions }) })];
  });
}
