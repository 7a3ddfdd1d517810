/** The number of people for which the numbers are agreed. */
export const AGREED = 20_000;
/** What is asked of a new instance, and of one that knows all but what changed: ms of CPU of a whole processor. */
export const COLD = { readUnits: 220, cpu: 300 } as const;
export const WARM = { readUnits: 12, cpu: 30 } as const;
/** How much longer answers may take that are not held exactly: machines are busy. */
export const NOISE = 4;
/** Write units of a hundred changes: four each, of which their places in the index of changes take two. */
export const WRITTEN = 200;
/** Write units of a registration. */
export const WRITTEN_EACH = 4;
/** Read units of what concerns one person. */
export const OF_ONE = 4;
