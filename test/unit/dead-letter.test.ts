import { expect, it } from 'vitest';
import { type DeadLetter, readLetter } from '../../cli/redrive/redrive.ts';
import { TIMERS } from '../../functions/manifests.ts';

const AT = '2027-03-01T08:00:00.000Z';
const fromSes = { source: 'aws.ses', 'detail-type': 'Email Bounced', detail: {} };
const batch = { shardId: 'shardId-1', startSequenceNumber: '1', endSequenceNumber: '1', batchSize: 1 };
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
const SCHEDULED = {
  version: '0',
  id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '123456789012',
  time: AT,
  region: 'ap-southeast-1',
  resources: ['arn:aws:events:ap-southeast-1:123456789012:rule/a-timer'],
  detail: {},
};

it.each<[string, unknown, DeadLetter]>([
  [
    'a place in the stream',
    { version: '1.0', DDBStreamBatchInfo: { ...batch, approximateArrivalOfLastRecord: AT } },
    { about: 'stream', until: Date.parse(AT) },
  ],
  ['a place in the stream without a time', { DDBStreamBatchInfo: batch }, { about: 'unknown' }],
  ['what a rule could not hand over', fromSes, { about: 'mail-event', event: fromSes }],
  [
    'what a function failed on to the last',
    { version: '1.0', requestContext: { condition: 'RetriesExhausted' }, requestPayload: fromSes },
    { about: 'mail-event', event: fromSes },
  ],
  ...TIMERS.flatMap(({ name, input = SCHEDULED }): [string, unknown, DeadLetter][] => [
    [`a call of ${name}`, SCHEDULED, { about: 'timer' }],
    [`what ${name} tells its function`, input, { about: 'timer' }],
    [`what the function that ${name} calls failed on`, { requestPayload: SCHEDULED }, { about: 'timer' }],
  ]),
  ['a call of a timer that there is no more', { timer: 'of-yesterday' }, { about: 'timer' }],
  ['a wake-up that failed to the last', { jobId: 'abc' }, { about: 'timer' }],
  ['someone else’s', { source: 'aws.s3' }, { about: 'unknown' }],
  ['a list', [], { about: 'unknown' }],
  ['nothing', null, { about: 'unknown' }],
])('%s', (_, body, letter) => {
  expect(readLetter(JSON.stringify(body))).toEqual(letter);
});

it('no JSON', () => {
  expect(readLetter('{')).toEqual({ about: 'unknown' });
});
