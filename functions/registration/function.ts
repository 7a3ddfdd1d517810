import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'registration',
  purpose: 'registering',
  environment: ['originKeys', 'registry', 'outbox', 'care', 'secretsKey', 'mailFrom'],
  access: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
    // What the canary registered goes at once.
    registryButRoles: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    outbox: ['dynamodb:PutItem'],
    careUnseen: ['dynamodb:PutItem'],
    careKey: ['kms:Decrypt', 'kms:DescribeKey'],
    secretsKey: ['kms:GenerateMac'],
  },
  reaches: ['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'care', 'minors'],
  memory: 512,
  timeout: 10,
} as const satisfies Manifest;
