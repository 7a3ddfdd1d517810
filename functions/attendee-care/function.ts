import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'attendee-care',
  purpose: 'what the holder of a link says that is kept apart',
  environment: ['originKeys', 'registry', 'outbox', 'care', 'secretsKey'],
  // What an attendee says of their needs and guardian is written or added to, and not read. It signs no ticket.
  access: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:GetItem'],
    registryButRoles: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    outbox: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
    careUnseen: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    careKey: ['kms:Decrypt', 'kms:DescribeKey'],
    secretsKey: ['kms:GenerateMac'],
  },
  reaches: ['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'care', 'minors'],
  memory: 512,
  timeout: 10,
} as const satisfies Manifest;
