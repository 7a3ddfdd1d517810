import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'outbox',
  purpose: 'sending mail',
  environment: ['registry', 'outbox', 'secretsKey', 'ticketKey', 'siteUrl', 'mailFrom', 'configurationSet'],
  access: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    guards: ['dynamodb:PutItem'],
    outbox: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    // Where it is small, one look is all of it.
    outboxDue: ['dynamodb:Query', 'dynamodb:Scan'],
    outboxStream: [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ],
    outboxFailures: ['sqs:SendMessage'],
    failedCalls: ['events:PutEvents'],
    secretsKey: ['kms:GenerateMac'],
    ticketKey: ['kms:Sign', 'kms:GetPublicKey'],
    mail: ['ses:SendRawEmail'],
    mailAccount: ['ses:GetSendQuota'],
  },
  reaches: [
    ...['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'minors'],
    ...['delegation', 'checkin', 'feedback', 'certificates', 'announcements'],
  ],
  memory: 512,
  timeout: 60,
  stream: { attribute: 'kind', together: 20 },
  timers: {
    /** Long enough to cost little, short enough for a ticket whose mail was put off. */
    OutboxSweep: { everyMinutes: 1 },
  },
} as const satisfies Manifest;
