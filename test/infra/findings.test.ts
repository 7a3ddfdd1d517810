import { rmSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect, it } from 'vitest';
import { ACKNOWLEDGED, INAPPLICABLE } from '../../infra/acknowledged.ts';
import { findingsIn, ruleOf } from '../../infra/nag.ts';
import { CONFIGURATIONS } from './configurations.ts';
import { builtFolder, type Context, plenaryApp } from './fixture.ts';

/** Between them, they have every resource. */
const LOOKED_AT = ['none', 'everything', 'an own provider', 'a trial'] as const;

const findings = LOOKED_AT.flatMap((name) => {
  const built = builtFolder();
  const found = findingsIn(plenaryApp(built, CONFIGURATIONS[name] as Context));
  rmSync(built, { recursive: true });
  return found.map((each) => ({ ...each, name }));
});

it('IN1: cdk-nag finds nothing that is open, in any configuration', () => {
  const open = findings.filter(({ reason }) => reason === undefined);
  expect(open.map(({ name, rule, resource }) => `${name}: ${rule} ${resource}`)).toEqual([]);
});

it('IN1: at most ten rules are acknowledged, each with a reason and for something that is there', () => {
  expect(new Set(ACKNOWLEDGED.map(({ rule }) => rule)).size).toBeLessThanOrEqual(10);
  for (const { rule, reason, ...rest } of [...ACKNOWLEDGED, ...INAPPLICABLE]) {
    expect(reason.length, rule).toBeGreaterThan(25);
    const used = findings.filter((each) => ruleOf(each.rule) === rule && each.reason === reason);
    expect(used.length, `${rule} ${JSON.stringify(rest)}`).toBeGreaterThan(0);
  }
});

it('IN1: wildcards are in roles of what CDK brings along, where SES is asked about the account, and where X-Ray is told', () => {
  const isTraced = ({ reason = '' }: { readonly reason?: string }) => reason.includes('X-Ray');
  const wild = findings.filter(
    (each) => /IAM[45]/.test(each.rule) && !/CopyingRole/.test(each.resource) && !isTraced(each),
  );
  expect(
    new Set(
      findings
        .filter(isTraced)
        .filter(({ rule }) => /IAM5/.test(rule))
        .map(({ name }) => name),
    ),
  ).toEqual(new Set(['everything']));
  expect(new Set(wild.map(({ rule, resource }) => `${rule} ${resource}`))).toEqual(
    new Set(['Outbox', 'Housekeeping'].map((name) => `AwsSolutions-IAM5[Resource::*] Api/${name}/Role/Resource`)),
  );
});

it('a rule that does not apply is open again where it does', () => {
  const app = new App();
  const stack = new Stack(app, 'Plenary-Api');
  new Queue(stack, 'NobodysDeadLetters');
  const called = new Lambda(stack, 'Called', {
    ...{ runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = () => {};') },
  });
  new Rule(stack, 'Rule', { schedule: Schedule.expression('rate(1 day)'), targets: [new LambdaFunction(called)] });
  const open = findingsIn(app).filter(({ reason }) => reason === undefined);
  expect(open.map(({ rule, resource }) => `${rule} ${resource}`)).toEqual(
    expect.arrayContaining([
      'Serverless-SQSRedrivePolicy Api/NobodysDeadLetters/Resource',
      'Serverless-LambdaDLQ Api/Called/Resource',
    ]),
  );
});
