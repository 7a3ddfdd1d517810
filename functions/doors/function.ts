import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'doors',
  purpose: 'what those who run an event do about check-in',
  environment: ['originKeys', 'registry', 'outbox', 'audit', 'siteUrl'],
  // It keeps scans that an organiser has count, as the phones' own function does.
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
    registryChanges: ['dynamodb:Query'],
    // Which registrations changed since the people index was written.
    registryRegistrations: ['dynamodb:Query'],
    // Members of safeguarding are mailed of a phone that shows names of children.
    outbox: ['dynamodb:PutItem'],
    audit: ['dynamodb:PutItem'],
  },
  reaches: ['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'minors', 'checkin'],
  memory: 1769,
  timeout: 10,
} as const satisfies Manifest;
