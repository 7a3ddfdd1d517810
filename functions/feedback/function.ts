import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'feedback',
  purpose: 'feedback from nobody in particular',
  environment: ['originKeys', 'registry', 'feedback', 'feedbackKey'],
  // Answers, the keys that tokens are checked with, and what is asked; never a person. What was taken cannot be opened by who took it.
  access: {
    events: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
    feedback: ['dynamodb:PutItem'],
    answersKey: ['kms:Encrypt'],
  },
  reaches: ['event', 'seats', 'feedback'],
  memory: 512,
  timeout: 10,
} as const satisfies Manifest;
