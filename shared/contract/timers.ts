/** What a timer says to housekeeping so that it does one thing, and nothing else. */
export const LOOK_AT_ACCOUNT = { timer: 'ses-account' } as const;
export const DO_DUE_JOBS = { timer: 'due-jobs' } as const;

/** What one says to the only function that knows how guardians are reached. */
export const TELL_GUARDIANS = { timer: 'tell-guardians' } as const;
