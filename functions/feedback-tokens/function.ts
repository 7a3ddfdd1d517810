import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'feedback-tokens',
  purpose: 'who may give feedback',
  environment: ['originKeys', 'registry', 'feedback', 'secretsKey', 'feedbackKey'],
  // Who attended, and what was signed for them unseen. Answers of attendees without a script are locked away here, not to be opened again.
  access: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    feedbackTokens: ['dynamodb:PutItem'],
    feedback: ['dynamodb:PutItem'],
    answersKey: ['kms:Encrypt'],
    secretsKey: ['kms:GenerateMac'],
    // Nobody else can sign a token, or tell who was given one.
    feedbackKey: ['kms:Decrypt', 'kms:Encrypt'],
  },
  reaches: ['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'checkin', 'feedback'],
  memory: 512,
  timeout: 10,
} as const satisfies Manifest;
