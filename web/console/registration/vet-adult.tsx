import { useDesk } from '../desk.ts';
import { Vet } from '../minors/children/vet.tsx';
import { words } from '../words.ts';
import type { OneProps } from './one.ts';

/**
 * An organiser who sees no list of children proposes here that an adult counts as vetted; somebody of safeguarding, who does,
 * accepts it there.
 */
export function VetAdult({ one, onStale }: OneProps) {
  const { minors } = useDesk().event;
  if (minors === undefined || one.mode !== 'in-person') return null;
  const adult = { reference: one.reference, name: one.fullName, revision: one.revision };
  return (
    <div class="action">
      <h3>{words.vet.title}</h3>
      <p>{words.vet.explain}</p>
      <Vet adult={adult} onChanged={onStale} onStale={onStale} />
    </div>
  );
}
