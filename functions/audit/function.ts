import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'audit',
  purpose: 'who did, saw, exported and sent what',
  environment: ['originKeys', 'registry', 'audit'],
  access: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
    audit: ['dynamodb:PutItem'],
    // The one function that reads what was noted (IN2).
    auditEntries: ['dynamodb:Query'],
  },
  reaches: ['mail', 'team', 'event', 'seats', 'registration'],
  memory: 512,
  timeout: 10,
} as const satisfies Manifest;
