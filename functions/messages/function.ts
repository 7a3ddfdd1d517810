import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'messages',
  purpose: 'what those who run an event write to many',
  environment: ['originKeys', 'registry', 'outbox', 'audit', 'secretsKey', 'siteUrl'],
  access: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    registryButRoles: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
    // Which registrations changed since the people index was written.
    registryRegistrations: ['dynamodb:Query'],
    // What became of each mail, and how fast mail leaves.
    outbox: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
    audit: ['dynamodb:PutItem'],
    secretsKey: ['kms:GenerateMac'],
  },
  reaches: [
    'mail',
    'team',
    'event',
    'seats',
    'ticket',
    'registration',
    'minors',
    'delegation',
    'checkin',
    'announcements',
  ],
  memory: 1769,
  timeout: 10,
} as const satisfies Manifest;
