import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'feedback-results',
  purpose: 'what those who run an event see of feedback',
  environment: ['originKeys', 'registry', 'audit', 'feedback', 'feedbackKey'],
  access: {
    // What is set of forms is written; who came where is read, by the indexes of people and scans where counts cannot tell.
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    registryButRoles: ['dynamodb:PutItem'],
    // Which registrations changed since the people index was written.
    registryRegistrations: ['dynamodb:Query'],
    // What is shown is written; answers are opened by fives, deleted with that, and never written.
    feedbackShown: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    feedbackOpened: ['dynamodb:Query', 'dynamodb:DeleteItem'],
    answersKey: ['kms:Decrypt', 'kms:Encrypt'],
    audit: ['dynamodb:PutItem'],
  },
  reaches: ['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'checkin', 'feedback'],
  memory: 1769,
  timeout: 30,
} as const satisfies Manifest;
