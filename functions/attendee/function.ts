import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'attendee',
  purpose: 'what the holder of a link does',
  environment: ['originKeys', 'registry', 'outbox', 'audit', 'care', 'secretsKey', 'ticketKey'],
  access: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
    registryButRoles: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    outbox: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
    // That somebody was erased outlives the loss of the registry.
    audit: ['dynamodb:PutItem'],
    // What is kept of an attendee's needs and guardian goes with their registration; nothing of it is read or written.
    careUnseen: ['dynamodb:DeleteItem'],
    careKey: ['kms:Decrypt', 'kms:DescribeKey'],
    secretsKey: ['kms:GenerateMac'],
    ticketKey: ['kms:Sign', 'kms:GetPublicKey'],
  },
  reaches: [
    ...['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'care', 'minors'],
    ...['delegation', 'checkin', 'feedback', 'announcements'],
  ],
  memory: 512,
  timeout: 10,
} as const satisfies Manifest;
