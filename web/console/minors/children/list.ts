import type { AnswerOf } from '../../kernel/api/routes.ts';

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

export function byStep(minors: readonly MinorRow[]): readonly MinorRow[] {
  const leaving = minors.filter(({ handoverWaiting }) => handoverWaiting);
  const others = minors.filter(({ handoverWaiting }) => !handoverWaiting);
  return [...leaving, ...ORDER.flatMap((step) => others.filter((each) => each.step === step))];
}
