import { dayName } from '../../names.ts';
import { words } from '../../words.ts';
import type { ChaperoneRow } from './list.ts';

/** What became of it, in words, when somebody said until when an adult was vetted: `null` for not at all. */
export function vettingOutcome(
  before: Pick<ChaperoneRow, 'vettedUntil'>,
  { name, vettedUntil, proposal }: Pick<ChaperoneRow, 'name' | 'vettedUntil' | 'proposal'>,
  wanted: string | null,
): string {
  if (proposal && proposal.vettedUntil === wanted) return words.vet.proposed(name);
  // Saying what holds already takes a proposal back, and changes nothing else.
  if (wanted === (before.vettedUntil ?? null)) return words.vet.stays(name);
  return vettedUntil ? words.vet.saved(name, dayName(vettedUntil)) : words.vet.ended(name);
}
