import type { Outcome, Person } from '../engine/engine.ts';
import type { Words } from '../words/en.ts';

/** What staff do besides, for this person: nothing of it for someone who is not let in. */
export function flagsOf(person: Person, { kind }: Outcome, { verdict }: Words): readonly string[] {
  if (kind === 'refuse' || kind === 'leave') return [];
  return [
    ...(person.role === 'protocol' ? [verdict.protocol] : []),
    ...(person.isMinor ? [verdict.isMinor] : []),
    ...(person.noPhoto ? [verdict.noPhoto] : []),
    ...(person.askNeeds ? [verdict.askNeeds] : []),
  ];
}
