/** Which form of which event. */
export interface FormOf {
  readonly eventId: string;
  readonly form: string;
}

/** What feedback's key of KMS encrypts: KMS opens nothing with the words of the other, and IAM gives each function those that it needs. */
export const SEALED = { formKeys: 'feedback', answers: 'feedback-answers' } as const;

/** By whom a form's keys sign: apart for those under 18, of whom no texts are taken (CS22). */
export const PASS_GROUPS = ['adult', 'young'] as const;
export type PassGroup = (typeof PASS_GROUPS)[number];
