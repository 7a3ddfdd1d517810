import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/** One thing that a rule of cdk-nag holds against one resource. */
export interface NagFinding {
  /** `AwsSolutions-IAM5[Resource::*]` */
  readonly rule: string;
  /** Path in the construct tree: `Plenary-Web/Assets/Bucket/Resource`. */
  readonly resource: string;
  readonly message: string;
}

/** What the packs for AWS solutions and for serverless find in an app; what was acknowledged is left out. */
export function findingsIn(app: App): NagFinding[] {
  return [new AwsSolutionsChecks(app), new ServerlessChecks(app)]
    .flatMap((pack) => pack.validateScope(app).violations)
    .flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map((resource) => ({
        rule: ruleName,
        resource: resource.constructPath ?? resource.resourceLogicalId ?? '',
        message: description,
      })),
    );
}

/** One block for each rule: what it says, then where. */
export function findingsTable(findings: readonly NagFinding[]): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const blocks = rules.map((rule) => {
    const found = findings.filter((finding) => finding.rule === rule);
    return [`${rule}  ${found[0]?.message}`, ...found.map(({ resource }) => `    ${resource}`)].join('\n');
  });
  return [...blocks, `${findings.length} findings of ${rules.length} rules`].join('\n\n');
}
