/** What the code of a practice ticket says: staff try their phones with it before doors open, and it counts nowhere. */
export const PRACTICE_CODE = 'PLENARY PRACTICE TICKET';

/** Hand-held readers end what they read with a line. */
export const isPractice = (text: string): boolean => text.trim() === PRACTICE_CODE;
