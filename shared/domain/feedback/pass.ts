/** Which form of which event. */
export interface FormOf {
  readonly eventId: string;
  readonly form: string;
}

/** By whom a form's keys sign: apart for those under 18, of whom no texts are taken (CS22). */
export const PASS_GROUPS = ['adult', 'young'] as const;
export type PassGroup = (typeof PASS_GROUPS)[number];
