import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'delegation',
  purpose: 'what the coordinator of a delegation does',
  environment: ['originKeys', 'registry', 'outbox', 'audit', 'care', 'secretsKey', 'ticketKey', 'mailFrom'],
  access: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    registryButRoles: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    outbox: ['dynamodb:PutItem'],
    // That a list was erased outlives the loss of the registry.
    audit: ['dynamodb:PutItem'],
    // What is kept of an attendee's needs goes with their place; nothing of it is read.
    careUnseen: ['dynamodb:DeleteItem'],
    careKey: ['kms:Decrypt', 'kms:DescribeKey'],
    secretsKey: ['kms:GenerateMac'],
    // Tickets are printed for people without an address: it signs with this key alone, and verifies nothing.
    ticketKey: ['kms:Sign', 'kms:GetPublicKey'],
  },
  reaches: ['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'care', 'minors', 'delegation'],
  memory: 512,
  timeout: 10,
} as const satisfies Manifest;
