import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'housekeeping',
  purpose: 'what follows a change',
  environment: ['registry', 'outbox', 'wakeUps', 'audit', 'care', 'feedback', 'secretsKey', 'ticketKey', 'mailFrom'],
  access: {
    registry: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      // An event is put among a member's own only while they are of its team.
      'dynamodb:ConditionCheckItem',
      // Where an event moves, all that is kept of it has another end, and locks are in no list.
      'dynamodb:Scan',
    ],
    outbox: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      // What the stream gave up on is in no index.
      'dynamodb:Scan',
    ],
    // What a member has done to many is noted of each.
    audit: ['dynamodb:PutItem'],
    // Whether each table can be brought back, and to when.
    backups: ['dynamodb:DescribeContinuousBackups'],
    careUnseen: ['dynamodb:DeleteItem'],
    careKey: ['kms:Decrypt', 'kms:DescribeKey'],
    // Until when answers are kept, and nothing of what is in them.
    feedbackEnds: ['dynamodb:Scan', 'dynamodb:UpdateItem'],
    registryChanges: ['dynamodb:Query'],
    registryRegistrations: ['dynamodb:Query'],
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
    wakeUps: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    secretsKey: ['kms:GenerateMac'],
    // The list of tickets that admit nobody any more.
    ticketKey: ['kms:Sign', 'kms:GetPublicKey'],
    mailAccount: ['ses:GetAccount'],
    mailSender: ['ses:GetEmailIdentity'],
  },
  reaches: [
    ...['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'care'],
    ...['minors', 'delegation', 'checkin', 'announcements'],
  ],
  memory: 1769,
  timeout: 30,
  // Mail of a decision is waited for: ten seconds, or two minutes for one on many.
  stream: { attribute: 'job', together: 10, soon: ['do-bulk'] },
  isWoken: true,
  timers: {
    /** What becomes due otherwise is counted in days, but a digest of eight o'clock should not come at nine. */
    HousekeepingTimer: { everyMinutes: 15 },
    /** What changed is told ten minutes later: not twenty. */
    JobTimer: { everyMinutes: 1, input: { timer: 'due-jobs' } },
    /** Soon enough for an operator who waits for SES to let go of the account; SES answers as often as once a second. */
    AccountTimer: { everyMinutes: 5, input: { timer: 'ses-account' } },
  },
} as const satisfies Manifest;
