import { beforeAll, describe, expect, it } from 'vitest';
import { limitsOf } from '../../local/functions/limits.ts';
import { RETRIES, TOGETHER } from '../../local/streams.ts';
import { FUNCTION_ENVIRONMENT, type FunctionName } from '../../shared/env.ts';
import { JOB_ATTRIBUTE, MAIL_ATTRIBUTE } from '../../shared/store/tables.ts';
import { type Resource, resourcesOf, type Templates, templates } from '../infra/fixture.ts';

let api: Templates['Api'];

beforeAll(() => {
  api = templates().Api;
});

describe('what runs here has the limits of what is deployed', () => {
  it.each(Object.keys(FUNCTION_ENVIRONMENT) as FunctionName[])('the function %s', (name) => {
    const isIt = ([id]: [string, Resource]) => id.toLowerCase().startsWith(`${name.replace('-', '')}function`);
    const [, { Properties }] = only(resourcesOf(api, 'AWS::Lambda::Function').filter(isIt));
    expect(limitsOf(name)).toEqual({
      timeoutMs: Number(Properties['Timeout']) * 1000,
      memoryMb: Properties['MemorySize'],
    });
  });

  it.each([MAIL_ATTRIBUTE, JOB_ATTRIBUTE] as const)('what the outbox stream reports of items with a %s', (having) => {
    const NewImage = { [having]: { S: [{ exists: true }] }, due: { S: [{ exists: false }] } };
    const pattern = { eventName: ['INSERT'], dynamodb: { NewImage } };
    const mappings = resourcesOf(api, 'AWS::Lambda::EventSourceMapping');
    expect(mappings).toHaveLength(2);
    const [, { Properties }] = only(
      mappings.filter(([, each]) => JSON.stringify(each).includes(JSON.stringify(JSON.stringify(pattern)))),
    );
    expect(Properties).toMatchObject({
      BatchSize: TOGETHER[having],
      MaximumRetryAttempts: RETRIES,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });
});

function only(found: [string, Resource][]): [string, Resource] {
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) throw new Error(`expected one, found ${found.length}`);
  return first;
}
