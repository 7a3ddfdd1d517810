import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'mail-events',
  purpose: 'what becomes of mail',
  environment: ['registry', 'outbox'],
  access: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    registryButRoles: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
    outbox: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    outboxFailures: ['sqs:SendMessage'],
  },
  reaches: ['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'minors', 'delegation'],
  memory: 512,
  timeout: 10,
  hearsOfMail: true,
} as const satisfies Manifest;
