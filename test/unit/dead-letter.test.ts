import { expect, it } from 'vitest';
import { type Letter, readLetter } from '../../infra/operate/redrive/letter.ts';

const AT = '2027-03-01T08:00:00.000Z';
const fromSes = { source: 'aws.ses', 'detail-type': 'Email Bounced', detail: {} };
const batch = { shardId: 'shardId-1', startSequenceNumber: '1', endSequenceNumber: '1', batchSize: 1 };

it.each<[string, unknown, Letter]>([
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
  ['a call of a timer', { source: 'aws.events', 'detail-type': 'Scheduled Event' }, { about: 'timer' }],
  ['a call of a timer with words of its own', { look: 'ses-account' }, { about: 'timer' }],
  ['someone else’s', { source: 'aws.s3' }, { about: 'unknown' }],
  ['a list', [], { about: 'unknown' }],
  ['nothing', null, { about: 'unknown' }],
])('%s', (_, body, letter) => {
  expect(readLetter(JSON.stringify(body))).toEqual(letter);
});

it('no JSON', () => {
  expect(readLetter('{')).toEqual({ about: 'unknown' });
});
