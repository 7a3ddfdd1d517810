import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'certificates',
  purpose: 'certificates of attendance',
  environment: ['originKeys', 'registry', 'secretsKey', 'siteUrl'],
  // It reads alone: where people came is told elsewhere, and an organiser takes a certificate back.
  access: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    secretsKey: ['kms:GenerateMac'],
  },
  reaches: ['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'checkin', 'certificates'],
  memory: 1769,
  timeout: 10,
} as const satisfies Manifest;
