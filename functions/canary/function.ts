import type { Manifest } from '../../shared/kernel/manifest.ts';

export const manifest = {
  name: 'canary',
  purpose: 'trying what people do',
  environment: ['siteUrl', 'canaryParameters'],
  // All else it does as anyone can, by HTTPS.
  access: { canaryKeys: ['ssm:GetParameters'] },
  reaches: ['event', 'ticket', 'registration', 'checkin'],
  memory: 512,
  timeout: 60,
  timers: {
    /** Eight times a day. */
    CanaryTimer: { everyMinutes: 180 },
  },
} as const satisfies Manifest;
