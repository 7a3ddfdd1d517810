import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'checkin',
  purpose: 'what the phones at the doors do',
  environment: ['originKeys', 'ticketKey', 'formerTicketKeys', 'registry', 'audit', 'secretsKey', 'siteUrl'],
  access: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    registryButRoles: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    // Phones verify tickets; they are signed elsewhere.
    ticketKey: ['kms:GetPublicKey'],
    registryChanges: ['dynamodb:Query'],
    // Which registrations changed since the people index was written.
    registryRegistrations: ['dynamodb:Query'],
    audit: ['dynamodb:PutItem'],
    // An address that a desk looks for is found by its hash.
    secretsKey: ['kms:GenerateMac'],
  },
  reaches: ['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'minors', 'checkin'],
  memory: 1769,
  timeout: 10,
} as const satisfies Manifest;
