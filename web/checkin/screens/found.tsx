import { useApp } from '../app-context.ts';
import type { FoundPerson } from '../engine/engine.ts';
import { inLanguage } from '../words.ts';

interface FoundProps {
  readonly people: readonly FoundPerson[];
  readonly onCheckIn: (person: FoundPerson) => void;
}

/** Who fits, with what tells people of one name apart. */
export function Found({ people, onCheckIn }: FoundProps) {
  return (
    <ul class="found">
      {people.map((person) => (
        <li key={person.reference}>
          <One person={person} onCheckIn={() => onCheckIn(person)} />
        </li>
      ))}
    </ul>
  );
}

function One({ person, onCheckIn }: { readonly person: FoundPerson; readonly onCheckIn: () => void }) {
  const { snapshot, words, language } = useApp();
  const { reference, name, organisation, category, role, isConfirmed, mode, isMinor, unreached } = person;
  const group = snapshot.setup?.event.categories.find(({ id }) => id === category);
  const facts = [
    organisation,
    group && inLanguage(group.name, language),
    role === 'attendee' ? undefined : (words.roles[role] ?? role),
    isMinor && words.verdict.isMinor,
    isConfirmed ? undefined : words.search.notConfirmed,
    mode === 'online' ? words.search.online : undefined,
    unreached && words.verdict.unreached,
  ];
  const press = snapshot.direction === 'in' ? words.search.checkIn : words.search.checkOut;
  return (
    <>
      <p class="found-name">{name ?? words.verdict.noName}</p>
      <p>{facts.filter((fact) => typeof fact === 'string').join(' · ')}</p>
      <p class="hint">{words.search.reference(reference)}</p>
      <button type="button" aria-label={words.search.of(press, name ?? reference)} onClick={onCheckIn}>
        {press}
      </button>
    </>
  );
}
