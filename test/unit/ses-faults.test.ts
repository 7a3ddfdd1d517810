import { GetSendQuotaCommand, SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BusyError } from '../../shared/kernel/errors.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { sendQuota, storedPace } from '../../shared/mail/limits/pace.case.ts';
import { toSendPaceItem } from '../../shared/mail/limits/sending.schema.ts';
import { sesMailer } from '../../shared/mail/outbox/mailer.case.ts';
import { conditionFailed, mockedDynamo, refused } from '../support/aws-errors.ts';

beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

const failing = (name: string, message = name, $fault: 'client' | 'server' = 'client') =>
  new SESServiceException({ name, message, $fault, $metadata: {} });

function mocked() {
  const client = new SESClient({});
  return { client, ses: mockClient(client) };
}

describe('what SES says to a mail', () => {
  const MAIL = { raw: new Uint8Array(), to: 'someone@example.org', outboxId: 'id' };
  const hand = (error: Error) => {
    const { client, ses } = mocked();
    ses.on(SendRawEmailCommand).rejects(error);
    return sesMailer(client, 'plenary', 'forum@example.org').send(MAIL);
  };

  it.each([
    'Throttling',
    'ThrottlingException',
    'AccountSendingPausedException',
    'ConfigurationSetSendingPausedException',
    'ConfigurationSetDoesNotExistException',
    'MailFromDomainNotVerifiedException',
    'AccessDenied',
    'ExpiredToken',
  ])('%s: it was certainly not sent, and may be later', async (name) => {
    expect(await hand(failing(name))).toEqual({ kind: 'put-off', reason: name });
  });

  it('it is put off, too, where the sender or the sandbox is what is rejected, which an organiser mends', async () => {
    const message = 'Email address is not verified. The following identities failed the check: someone@example.org';
    expect(await hand(failing('MessageRejected', message))).toEqual({ kind: 'put-off', reason: 'MessageRejected' });
  });

  it.each(['MessageRejected', 'InvalidParameterValue'] as const)('%s: never to be sent', async (name) => {
    expect(await hand(failing(name))).toEqual({ kind: 'refused', reason: name });
  });

  it.each([
    failing('ServiceUnavailable', 'try later', 'server'),
    failing('InternalFailure', 'sorry', 'server'),
    Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
    Object.assign(new Error('no answer within 15000 ms'), { name: 'TimeoutError' }),
  ])('nobody knows whether it was sent after %s: that is no answer of SES', async (error) => {
    await expect(hand(error)).rejects.toBe(error);
  });
});

describe('the rate at which mail leaves', () => {
  const NOW = new Date('2027-06-01T00:00:00Z');
  const QUOTA = { MaxSendRate: 20, Max24HourSend: 50_000, SentLast24Hours: 10 };
  const LATER = NOW.getTime() - 10 * 60_000;
  const KEPT = toSendPaceItem({ perSecond: 14, daily: 1000, sent: 3, nextAt: 0, readAt: LATER }, 5);

  function paced() {
    const { client: ses, ses: mail } = mocked();
    const { client, dynamo } = mockedDynamo();
    dynamo.on(GetCommand).resolves({ Item: KEPT });
    dynamo.on(PutCommand).resolves({});
    mail.on(GetSendQuotaCommand).resolves(QUOTA);
    const waits: number[] = [];
    const system = { ...realSystem, now: () => NOW, backOff: async (attempt: number) => void waits.push(attempt) };
    const written = () => dynamo.commandCalls(PutCommand).map(({ args: [{ input }] }) => input);
    return { mail, dynamo, waits, written, pace: storedPace(client, 'outbox', system, sendQuota(ses)) };
  }

  it('is what SES said last where it throttles the question, and is asked for anew a minute later', async () => {
    const { mail, pace, written } = paced();
    mail.on(GetSendQuotaCommand).rejects(failing('Throttling', 'Maximum sending rate exceeded.'));
    const turns = await pace.take(14, 'now');
    expect('every' in turns && turns.every).toBeCloseTo(1000 / 14);
    expect(written()).toMatchObject([{ Item: { perSecond: 14, daily: 1000, readAt: NOW.getTime(), revision: 6 } }]);
  });

  it('is taken once by each of two that ask at once: who comes second looks again', async () => {
    const { dynamo, pace, waits, written } = paced();
    dynamo.on(PutCommand).rejectsOnce(conditionFailed()).resolves({});
    expect('startAt' in (await pace.take(1, 'now'))).toBe(true);
    expect(written()).toHaveLength(2);
    expect(waits).toEqual([1]);
  });

  it('is given up among rivals that do not let go, without a mail', async () => {
    const { dynamo, pace, written } = paced();
    dynamo.on(PutCommand).rejects(conditionFailed());
    await expect(pace.take(1, 'now')).rejects.toThrow(BusyError);
    expect(written()).toHaveLength(20);
  });

  it('is no mail’s where the database takes nothing: a failure is no rival', async () => {
    const { dynamo, pace, written } = paced();
    dynamo.on(PutCommand).rejects(refused('ProvisionedThroughputExceededException'));
    await expect(pace.take(1, 'now')).rejects.toThrow('ProvisionedThroughputExceededException');
    expect(written()).toHaveLength(1);
  });
});
