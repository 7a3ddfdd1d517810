import { beforeAll, describe, expect, it } from 'vitest';
import { manifest as housekeeping } from '../../functions/housekeeping/function.ts';
import { manifest as outbox } from '../../functions/outbox/function.ts';
import { RETRIES } from '../../local/streams.ts';
import { type Resource, resourcesOf, type Templates, templates } from '../infra/fixture.ts';

let api: Templates['Api'];

beforeAll(() => {
  api = templates().Api;
});

describe('what runs here is fed as what is deployed', () => {
  it.each([outbox.stream, housekeeping.stream])(
    'what the outbox stream reports of items with a $attribute',
    ({ attribute, together }) => {
      const NewImage = { [attribute]: { S: [{ exists: true }] }, due: { S: [{ exists: false }] } };
      const pattern = { eventName: ['INSERT'], dynamodb: { NewImage } };
      const mappings = resourcesOf(api, 'AWS::Lambda::EventSourceMapping');
      expect(mappings).toHaveLength(2);
      const [, { Properties }] = only(
        mappings.filter(([, each]) => JSON.stringify(each).includes(JSON.stringify(JSON.stringify(pattern)))),
      );
      expect(Properties).toMatchObject({
        BatchSize: together,
        MaximumRetryAttempts: RETRIES,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
    },
  );
});

function only(found: [string, Resource][]): [string, Resource] {
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) throw new Error(`expected one, found ${found.length}`);
  return first;
}
