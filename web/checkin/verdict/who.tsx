import { useApp } from '../app-context.ts';
import type { Outcome, Person } from '../engine/engine.ts';
import { inLanguage } from '../words.ts';
import { flagsOf } from './flags.ts';
import { TicketQr } from './ticket-qr.tsx';

interface WhoProps {
  readonly person: Person | undefined;
  readonly outcome: Outcome;
  readonly what: string | undefined;
}

/** The name as on the badge, in letters that are read at arm's length, and what else a door has to know of them. */
export function Who({ person, outcome, what }: WhoProps) {
  const { words, language, snapshot } = useApp();
  if (person === undefined) return <p class="name">{what}</p>;
  const { name, organisation, category, role } = person;
  const group = snapshot.setup?.event.categories.find(({ id }) => id === category);
  const facts = [
    organisation,
    group && inLanguage(group.name, language),
    role === 'attendee' ? undefined : (words.roles[role] ?? role),
  ];
  return (
    <>
      {/* What is the matter comes first: a name may be as long as the screen is. Where there is no name, it stands in its place. */}
      {name !== undefined && what !== undefined && <p class="what">{what}</p>}
      <p class="name">{name ?? what ?? words.verdict.noName}</p>
      <ul class="flags">
        {flagsOf(person, outcome, words).map((flag) => (
          <li key={flag}>{flag}</li>
        ))}
      </ul>
      {outcome.kind === 'let-in' && outcome.ticketId !== undefined && <TicketQr id={outcome.ticketId} />}
      {facts.map(
        (fact) =>
          fact !== undefined && (
            <p key={fact} class="fact">
              {fact}
            </p>
          ),
      )}
    </>
  );
}
