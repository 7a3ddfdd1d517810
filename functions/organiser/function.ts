import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'organiser',
  purpose: 'what those who run an event do',
  environment: ['originKeys', 'registry', 'outbox', 'audit', 'care', 'secretsKey', 'siteUrl'],
  access: {
    registry: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      // Who is tagged, or chosen for a bulk change, is so only while the tag, or they, are as they were read.
      'dynamodb:ConditionCheckItem',
    ],
    // Who may do what is read for each request, and given elsewhere.
    registryButRoles: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    // Which registrations changed since.
    registryRegistrations: ['dynamodb:Query'],
    outbox: ['dynamodb:PutItem'],
    // How many messages wait, how the SES account stands, and what became of the mail about an attendee: no address is read.
    outboxDue: ['dynamodb:Query'],
    outboxAccount: ['dynamodb:GetItem'],
    outboxAbout: ['dynamodb:Query'],
    outboxFates: ['dynamodb:GetItem'],
    audit: ['dynamodb:PutItem'],
    // An attendee who is declined, or in whose place another comes, leaves nothing there.
    careUnseen: ['dynamodb:DeleteItem'],
    careKey: ['kms:Decrypt', 'kms:DescribeKey'],
    secretsKey: ['kms:GenerateMac'],
  },
  reaches: [
    ...['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'care'],
    ...['minors', 'delegation', 'checkin', 'feedback', 'certificates', 'announcements'],
  ],
  memory: 1769,
  timeout: 10,
} as const satisfies Manifest;
