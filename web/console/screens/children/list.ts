import type { AnswerOf } from '../../api/routes.ts';

export type MinorList = AnswerOf<'GET /api/organiser/events/{eventId}/minors'>;
export type MinorRow = MinorList['minors'][number];
export type ChaperoneRow = MinorList['chaperones'][number];

/** What waits for those who look after children comes first, then what waits for a guardian or a young person. */
const ORDER: readonly MinorRow['step'][] = [
  'paper-recorded',
  'paper-awaited',
  'unproven',
  'asked',
  'agreed',
  'complete',
];

export const byStep = (minors: readonly MinorRow[]): readonly MinorRow[] =>
  ORDER.flatMap((step) => minors.filter((each) => each.step === step));
