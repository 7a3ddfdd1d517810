import { words } from '../../words.ts';
import type { Decided } from './answers.ts';

/** Who of the team did something. */
export const byText = ({ isYou, label, isMember }: Decided['by']): string => {
  if (isYou) return words.toSee.you;
  return label ?? (isMember ? words.toSee.colleague : words.toSee.former);
};
