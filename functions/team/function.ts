import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'team',
  purpose: 'who may do what in an event, and new events',
  environment: ['originKeys', 'registry', 'outbox', 'audit', 'secretsKey', 'siteUrl', 'oidcIssuer', 'userPool'],
  access: {
    // What events are, and that they are: nothing about anybody who registered.
    definitions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    roles: [
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:DeleteItem',
      // A role is given only while everyone who stands for it still may.
      'dynamodb:ConditionCheckItem',
    ],
    // A new event, with its first owner, or the end of a rehearsal, with its team: one transaction, and so one resource.
    wholeEvents: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'],
    // Whether there was one of that name, and is not to be again; of a rehearsal, that there was.
    tombstones: ['dynamodb:GetItem', 'dynamodb:PutItem'],
    outbox: ['dynamodb:PutItem'],
    audit: ['dynamodb:PutItem'],
    secretsKey: ['kms:GenerateMac'],
    // A lost second factor, once two organisers said so: whose it is, that it goes, and that sessions end with it.
    userPool: ['cognito-idp:ListUsers', 'cognito-idp:AdminDeleteSoftwareToken', 'cognito-idp:AdminUserGlobalSignOut'],
  },
  reaches: ['mail', 'team', 'event', 'seats', 'delegation', 'feedback', 'certificates'],
  memory: 512,
  timeout: 10,
} as const satisfies Manifest;
