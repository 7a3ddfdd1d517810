import { beforeAll, describe, expect, it } from 'vitest';
import { manifest as housekeeping } from '../../functions/housekeeping/function.ts';
import { manifest as outbox } from '../../functions/outbox/function.ts';
import { USUAL_QUOTA } from '../../local/mailbox/quota.ts';
import { RETRIES } from '../../local/streams.ts';
import { HIDDEN_MS, MOST_RECEIVED } from '../../local/wake-ups.ts';
import type { OutboxStream } from '../../shared/kernel/manifest.ts';
import { callsAShard } from '../../shared/mail/limits/send-pace.ts';
import { type Resource, resourcesOf, type Templates, templates } from './fixture.ts';

let api: Templates['Api'];

beforeAll(() => {
  api = templates({ 'plenary:mailsPerSecond': `${USUAL_QUOTA.perSecond}` }).Api;
});

describe('what runs here is fed as what is deployed', () => {
  it.each([outbox.stream, housekeeping.stream])(
    'what the outbox stream reports of items with a $attribute',
    ({ attribute, together, ...more }: OutboxStream) => {
      const patternOf = (NewImage: object) => ({
        Pattern: JSON.stringify({ eventName: ['INSERT'], dynamodb: { NewImage } }),
      });
      const Filters = [
        patternOf({ [attribute]: { S: [{ exists: true }] }, due: { S: [{ exists: false }] } }),
        ...(more.soon ? [patternOf({ [attribute]: { S: more.soon } })] : []),
      ];
      const mappings = resourcesOf(api, 'AWS::Lambda::EventSourceMapping');
      expect(mappings).toHaveLength(3);
      const [, { Properties }] = only(
        mappings.filter(([, each]) => JSON.stringify(each).includes(JSON.stringify({ Filters }))),
      );
      expect(Properties).toMatchObject({
        BatchSize: together,
        ParallelizationFactor: callsAShard({ attribute }, USUAL_QUOTA.perSecond),
        MaximumRetryAttempts: RETRIES,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
    },
  );

  it('the queue of wake-ups calls housekeeping', () => {
    const [queueId, { Properties }] = only(
      resourcesOf(api, 'AWS::SQS::Queue').filter(([, each]) => each.Properties?.['RedrivePolicy'] !== undefined),
    );
    expect(Properties).toMatchObject({
      VisibilityTimeout: HIDDEN_MS / 1000,
      RedrivePolicy: { maxReceiveCount: MOST_RECEIVED },
      SqsManagedSseEnabled: true,
    });
    // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    expect(HIDDEN_MS / 1000).toBeGreaterThanOrEqual(6 * housekeeping.timeout);
    const [, mapping] = only(
      resourcesOf(api, 'AWS::Lambda::EventSourceMapping').filter(([, each]) => JSON.stringify(each).includes(queueId)),
    );
    expect(mapping.Properties).toMatchObject({ BatchSize: 1, FunctionResponseTypes: ['ReportBatchItemFailures'] });
    expect(JSON.stringify(mapping.Properties?.['FunctionName'])).toContain('Housekeeping');
  });
});

function only(found: [string, Resource][]): [string, Resource] {
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) throw new Error(`expected one, found ${found.length}`);
  return first;
}
