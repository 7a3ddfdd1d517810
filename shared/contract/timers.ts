/** What a timer says to housekeeping so that it does one thing, and nothing else. */
export const LOOK_AT_ACCOUNT = { timer: 'ses-account' } as const;
export const DO_DUE_JOBS = { timer: 'due-jobs' } as const;

/** What one says to the only function that reads `Care`: how long that is kept, and what guardians are told, follows events. */
export const FOLLOW_EVENTS = { timer: 'follow-events' } as const;
