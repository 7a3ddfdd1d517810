import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { FUNCTION_NAMES, MANIFESTS, TIMERS } from '../../functions/manifests.ts';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import { type FunctionName, RELEASE_PATTERN } from '../../shared/kernel/manifest.ts';
import { NAMESPACE_VARIABLE } from '../../shared/kernel/metrics.ts';
import type { Route } from '../../shared/kernel/route.ts';
import { ROUTES } from '../../shared/routes.ts';
import { functionOf } from '../support/golden-templates.ts';
import { type Context, type Resource, resourcesOf, templates } from './fixture.ts';

const { Api } = templates();

const all = resourcesOf(Api, 'AWS::Lambda::Function');
/** But what makes the keys of CloudFront at deployment: it is no bundle. */
const functions = all.filter(([id]) => !id.startsWith('OriginKeys'));

it('leads to each function that answers through one integration', () => {
  const answering = new Set(Object.values<Route>(ROUTES).map((route) => route.function));
  expect(resourcesOf(Api, 'AWS::ApiGatewayV2::Integration')).toHaveLength(answering.size);
});

describe('functions', () => {
  it('are those that declare an environment', () => {
    expect(functions.map(([id]) => functionOf(id)).sort()).toEqual([...FUNCTION_NAMES].sort());
  });

  it.each(functions)('%s runs a bundle on Node 24 and arm64', (_, { Properties }) => {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) } },
    });
  });

  it.each(functions)('IN7: %s is given the variables it requires, and no other', (id, { Properties }) => {
    const name = functionOf(id) as FunctionName;
    const given: Record<string, unknown> = Properties['Environment']?.['Variables'] ?? {};
    const required = MANIFESTS[name].environment.map((key) => ENVIRONMENT[key]);
    expect(Object.keys(given).sort()).toEqual([...required, NAMESPACE_VARIABLE].sort());
  });

  it('AB6: are told what CloudFront shows, all that answer requests and no other', () => {
    const told = FUNCTION_NAMES.filter((name) =>
      (MANIFESTS[name].environment as readonly string[]).includes('originKeys'),
    );
    expect(told.sort()).toEqual([...new Set(Object.values<Route>(ROUTES).map((route) => route.function))].sort());
  });

  it('IN2: have a role each', () => {
    const roles = all.map(([, { Properties }]) => Properties['Role']?.['Fn::GetAtt'][0]);
    expect(new Set(roles).size).toBe(all.length);
    expect(resourcesOf(Api, 'AWS::IAM::Role')).toHaveLength(all.length);
  });

  it('IN5: keep their logs for a stated time', () => {
    const logs = resourcesOf(Api, 'AWS::Logs::LogGroup');
    // One of them is that of requests.
    expect(logs).toHaveLength(all.length + 1);
    for (const [, { Properties }] of logs) expect(Properties['RetentionInDays']).toBe(30);
  });
});

describe('versions', () => {
  const idsOf = (template: typeof Api, type: string) => resourcesOf(template, type).map(([id]) => id);

  it('are left to be gone back to, and everything calls by an alias', () => {
    const versions = resourcesOf(Api, 'AWS::Lambda::Version');
    expect(new Set(versions.map(([id]) => functionOf(id)))).toEqual(new Set(FUNCTION_NAMES));
    expect(new Set(versions.map(([, { DeletionPolicy }]) => DeletionPolicy))).toEqual(
      new Set(['RetainExceptOnCreate']),
    );
    const aliases = resourcesOf(Api, 'AWS::Lambda::Alias');
    expect(aliases.map(([id, { Properties }]) => [functionOf(id), Properties['Name']]).sort()).toEqual(
      FUNCTION_NAMES.map((name) => [name, 'live']).sort(),
    );
    const calling = ['ApiGatewayV2::Integration', 'Events::Rule', 'Lambda::EventSourceMapping', 'Lambda::Permission'];
    const called = calling.flatMap((type) => resourcesOf(Api, `AWS::${type}`));
    const text = JSON.stringify(called);
    expect(text).not.toMatch(/"Fn::GetAtt":\["\w+Function[0-9A-F]{8}"/);
    for (const [id] of aliases) expect(text, id).toContain(`"${id}"`);
  });

  it('are made of all functions together, whenever one of them changes', () => {
    const configured: readonly Context[] = [
      {},
      { 'plenary:monthlyBudget': '50', 'plenary:alarmAddress': 'one@forum.test' },
      { 'plenary:homeEvent': 'spring' },
    ];
    const [before, same, after] = configured.map((context) => idsOf(templates(context).Api, 'AWS::Lambda::Version'));
    const releases = functions.map(([, { Properties }]) => RELEASE_PATTERN.exec(Properties['Description'] ?? '')?.[1]);
    expect(new Set(releases)).toEqual(new Set([expect.stringMatching(/^[0-9a-f]{8}$/)]));
    expect(same).toEqual(before);
    expect(after).toHaveLength(FUNCTION_NAMES.length);
    expect(after?.filter((id) => before?.includes(id))).toEqual([]);
  });

  it('what API Gateway leads to may be called before it is led to, and changes one after the other', () => {
    const integrations = resourcesOf(Api, 'AWS::ApiGatewayV2::Integration') as [
      string,
      Resource & { DependsOn: string[] },
    ][];
    const waitsFor = integrations.map(([, { DependsOn }]) =>
      DependsOn.map((id) => (id.includes('Permission') ? 'permission' : 'integration'))
        .sort()
        .join(),
    );
    expect(waitsFor.sort()).toEqual(
      [...integrations.slice(1).map(() => 'integration,permission'), 'permission'].sort(),
    );
  });
});

describe('outbox', () => {
  it('is woken by new messages, and gives up one by one', () => {
    Api.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      FilterCriteria: {
        Filters: [
          {
            Pattern:
              '{"eventName":["INSERT"],"dynamodb":{"NewImage":{"kind":{"S":[{"exists":true}]},"due":{"S":[{"exists":false}]}}}}',
          },
        ],
      },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 30,
      DestinationConfig: { OnFailure: {} },
    });
  });

  it('keeps its failures encrypted, over TLS only, for two weeks', () => {
    Api.hasResourceProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
    Api.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 'sqs:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });
});

const rateOf = (minutes: number): string =>
  minutes % 60 === 0 ? `rate(${minutes / 60} hours)` : `rate(${minutes} ${minutes === 1 ? 'minute' : 'minutes'})`;

describe('timers', () => {
  const rules = resourcesOf(Api, 'AWS::Events::Rule').filter(([, { Properties }]) => Properties['ScheduleExpression']);
  const targetOf = ({ Properties }: Resource) => Properties['Targets']?.[0] as Record<string, never> | undefined;

  it('are those of the manifests', () => {
    const deployed = rules.map(([id, rule]) => ({
      name: id.replace(/Rule[0-9A-F]{8}$/, ''),
      every: rule.Properties['ScheduleExpression'],
      calls: functionOf(targetOf(rule)?.['Arn']?.['Ref'] ?? ''),
      input: targetOf(rule)?.['Input'],
      state: rule.Properties['State'],
    }));
    const promised = TIMERS.map(({ name, calls, everyMinutes, input }) => ({
      name,
      every: rateOf(everyMinutes),
      calls,
      input: input && JSON.stringify(input),
      state: 'ENABLED',
    }));
    const byName = (a: { readonly name: string }, b: { readonly name: string }) => a.name.localeCompare(b.name);
    expect(deployed.sort(byName)).toEqual(promised.sort(byName));
  });

  it('make a call once: neither EventBridge nor Lambda repeats one that fails', () => {
    for (const [, rule] of rules) {
      expect(targetOf(rule)).toMatchObject({
        RetryPolicy: { MaximumRetryAttempts: 0 },
        DeadLetterConfig: { Arn: expect.anything() },
      });
    }
    const configs = resourcesOf(Api, 'AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => Properties);
    const places = configs.map(({ FunctionName, Qualifier }) => [
      functionOf(FunctionName?.['Ref'] ?? ''),
      functionOf(Qualifier?.['Fn::Select']?.[1]?.['Fn::Split']?.[1]?.['Ref'] ?? ''),
    ]);
    const called = new Set<FunctionName>(TIMERS.map(({ calls }) => calls));
    // Lambda has one such setting for each function and qualifier: a second one fails the deployment.
    expect(places.sort()).toEqual([...called, 'mail-events'].map((name) => [name, name]).sort());
    for (const config of configs) {
      const name = functionOf(config['FunctionName']?.['Ref'] ?? '');
      if (name === undefined || !called.has(name)) continue;
      expect(config, name).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 300 });
      // The next call does its work: a letter would ask for what is done already.
      const told = JSON.stringify(config['DestinationConfig'] ?? 'nobody');
      // The canary may do nothing but read its keys; its metric tells.
      expect(told, name).toContain(name === 'canary' ? 'nobody' : ':event-bus/default');
    }
  });
});

describe('mail events', () => {
  it('come from our configuration set alone; what fails to the last is kept', () => {
    const rules = resourcesOf(Api, 'AWS::Events::Rule').filter(([, { Properties }]) => Properties['EventPattern']);
    expect(rules.map(([, { Properties }]) => Properties)).toMatchObject([
      {
        EventPattern: {
          source: ['aws.ses'],
          detail: {
            eventType: ['Send', 'Delivery', 'Bounce', 'Complaint', 'Reject', 'Rendering Failure'],
            mail: { tags: { 'ses:configuration-set': [{ 'Fn::ImportValue': expect.any(String) }] } },
          },
        },
        Targets: [{ DeadLetterConfig: { Arn: expect.anything() } }],
      },
    ]);
    Api.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: Match.stringLikeRegexp('^MailEventsFunction') },
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });
});
