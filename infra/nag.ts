import { fileURLToPath } from 'node:url';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import cdk from '../cdk.json' with { type: 'json' };
import { ACKNOWLEDGED, INAPPLICABLE } from './acknowledged.ts';
import { addPlenary, BUILT } from './app.ts';

/** One thing that a rule of cdk-nag holds against one resource. */
export interface NagFinding {
  /** `AwsSolutions-IAM5[Resource::*]` */
  readonly rule: string;
  /** Path in the construct tree, after the name of the system: `Web/Assets/Bucket/Resource`. */
  readonly resource: string;
  readonly message: string;
  /** Why it stays as it is; without a reason, it is open. */
  readonly reason?: string;
}

/** What the packs for AWS solutions and for serverless find in an app. */
export function findingsIn(app: App): NagFinding[] {
  const resources = app.node.findAll().filter((each) => CfnResource.isCfnResource(each));
  const byPath = new Map(resources.map((each) => [each.node.path, each]));
  return [new AwsSolutionsChecks(app), new ServerlessChecks(app)]
    .flatMap((pack) => pack.validateScope(app).violations)
    .flatMap(({ ruleName: rule, description: message, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }) => {
        const resource = constructPath.slice(constructPath.indexOf('-') + 1);
        const found = byPath.get(constructPath);
        const reason = acknowledged(rule, resource) ?? (found && inapplicable(rule, resource, found, resources));
        return { rule, resource, message, ...(reason && { reason }) };
      }),
    );
}

/** `AwsSolutions-IAM5[Resource::*]` is of the rule `AwsSolutions-IAM5`. */
export const ruleOf = (rule: string): string => rule.replace(/\[.*$/, '');

const acknowledged = (rule: string, path: string): string | undefined =>
  ACKNOWLEDGED.find((each) => each.rule === ruleOf(rule) && each.resources.test(path))?.reason;

function inapplicable(rule: string, path: string, found: CfnResource, all: readonly CfnResource[]): string | undefined {
  const ofStack = all.filter((each) => Stack.of(each) === Stack.of(found));
  return INAPPLICABLE.find((each) => each.rule === ruleOf(rule) && each.isSo(found, ofStack, path))?.reason;
}

/** What is open, then what stays as it is: a block for each rule, with where and why. */
function findingsTable(findings: readonly NagFinding[]): string {
  const rules = [...new Set(findings.map(({ rule }) => ruleOf(rule)))].sort();
  const blocksOf = (isOpen: boolean): string[] =>
    rules.flatMap((rule) => {
      const found = findings.filter((each) => ruleOf(each.rule) === rule && (each.reason === undefined) === isOpen);
      if (found.length === 0) return [];
      const places = isOpen
        ? found.map((each) => `    ${each.rule} ${each.resource}`)
        : [`    ${found.length}: ${found[0]?.reason}`];
      return [[`${rule}  ${found[0]?.message}`, ...places].join('\n')];
    });
  const open = findings.filter(({ reason }) => reason === undefined).length;
  const total = `${open} open findings, ${findings.length - open} that stay, of ${rules.length} rules`;
  return [...blocksOf(false), ...blocksOf(true), total].join('\n\n');
}

/** `npm run nag`: prints what cdk-nag finds in the system as `cdk.json` configures it. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const app = new App({ context: cdk.context });
  addPlenary(app, BUILT);
  console.log(findingsTable(findingsIn(app)));
}
