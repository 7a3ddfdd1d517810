import { OTHER } from '../result/groups.ts';
import type { Dimension } from '../result/published.ts';

/** How an attendee took part and of which group they are; or what is said of that. */
export type Labelled = Readonly<Record<Dimension, string>>;

/** What may be said of the attendees who answer a form, and is "other" else. */
export interface NameableLabels {
  readonly modes: readonly string[];
  /** The groups, by what is said of how they took part: five people at least are alike in both together. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
}

export const NOTHING_NAMED: NameableLabels = { modes: [], categories: {} };

/** What is said of an attendee beside their answers. */
export function labelsOf({ modes, categories }: NameableLabels, own: Labelled): Labelled {
  const mode = modes.includes(own.mode) ? own.mode : OTHER;
  return { mode, category: categories[mode]?.includes(own.category) ? own.category : OTHER };
}
