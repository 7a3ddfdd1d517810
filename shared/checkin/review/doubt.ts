import type { Refusal } from '../scan/verdict.ts';

/** Why a scan was kept that we would not have let pass: people were there, and decided with what they knew. */
export type Doubt =
  | Refusal
  | 'hold'
  | 'unknown-ticket'
  | 'over-quota'
  /** Somebody under 18 left, and nobody who may said with whom (CS24). */
  | 'left-unasked';
