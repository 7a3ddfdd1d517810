import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'care',
  purpose: "guardians' consent, reports about children, what people need",
  environment: ['originKeys', 'registry', 'outbox', 'audit', 'care', 'secretsKey'],
  access: {
    registry: [
      'dynamodb:BatchGetItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
    // Which registrations changed since the people index was written.
    registryRegistrations: ['dynamodb:Query'],
    outbox: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
    care: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
    audit: ['dynamodb:PutItem'],
    careKey: ['kms:Decrypt', 'kms:DescribeKey'],
    failedCalls: ['events:PutEvents'],
    secretsKey: ['kms:GenerateMac'],
  },
  reaches: ['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'care', 'minors', 'announcements'],
  memory: 1769,
  timeout: 10,
  timers: {
    /** To the only function that reads `Care`: guardians hear of a change little later than everyone else, and what is kept of them follows it. */
    CareTimer: { everyMinutes: 5, input: { timer: 'follow-events' } },
  },
} as const satisfies Manifest;
