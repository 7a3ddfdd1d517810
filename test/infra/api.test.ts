import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import type { Route } from '../../shared/contract/route.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { ENVIRONMENT, FUNCTION_ENVIRONMENT, type FunctionName } from '../../shared/env.ts';
import { functionOf, NAMES, resourcesOf, templates } from './fixture.ts';

const { Api } = templates();

const functions = resourcesOf(Api, 'AWS::Lambda::Function');

it('leads to each function that answers through one integration', () => {
  const answering = new Set(Object.values<Route>(ROUTES).map((route) => route.function));
  expect(resourcesOf(Api, 'AWS::ApiGatewayV2::Integration')).toHaveLength(answering.size);
});

describe('functions', () => {
  it('are those that declare an environment', () => {
    expect(functions.map(([id]) => functionOf(id)).sort()).toEqual([...NAMES].sort());
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
    expect(Object.keys(given).sort()).toEqual(FUNCTION_ENVIRONMENT[name].map((key) => ENVIRONMENT[key]).sort());
  });

  it('IN2: have a role each', () => {
    const roles = functions.map(([, { Properties }]) => Properties['Role']?.['Fn::GetAtt'][0]);
    expect(new Set(roles).size).toBe(functions.length);
    expect(resourcesOf(Api, 'AWS::IAM::Role')).toHaveLength(functions.length);
  });

  it('IN5: keep their logs for a stated time', () => {
    const logs = resourcesOf(Api, 'AWS::Logs::LogGroup');
    // One of them is that of requests.
    expect(logs).toHaveLength(functions.length + 1);
    for (const [, { Properties }] of logs) expect(Properties['RetentionInDays']).toBe(30);
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

  it('sweeps up every minute what was put off', () => {
    Api.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' });
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
