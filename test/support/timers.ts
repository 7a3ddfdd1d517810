import type { manifest as care } from '../../functions/care/function.ts';
import type { manifest as housekeeping } from '../../functions/housekeeping/function.ts';
import type { TimerInputOf } from '../../shared/kernel/manifest.ts';

/* What timers tell functions, for tests that stand for one. */

export const LOOK_AT_ACCOUNT = { timer: 'ses-account' } as const satisfies TimerInputOf<typeof housekeeping>;
export const DO_DUE_JOBS = { timer: 'due-jobs' } as const satisfies TimerInputOf<typeof housekeeping>;
export const FOLLOW_EVENTS = { timer: 'follow-events' } as const satisfies TimerInputOf<typeof care>;
