import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'site',
  purpose: 'pages and data that anyone may read',
  environment: [
    'originKeys',
    'registry',
    'siteUrl',
    'homeEvent',
    'mailFrom',
    'oidcIssuer',
    'oidcClientId',
    'oidcScope',
  ],
  access: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
  },
  reaches: ['team', 'event', 'seats', 'registration', 'minors'],
  memory: 512,
  timeout: 10,
} as const satisfies Manifest;
