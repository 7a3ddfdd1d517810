import { useMemo } from 'preact/hooks';
import { registrationAddress } from '../addresses.ts';
import { useDesk, usePeople } from '../desk.ts';
import { Reference } from '../kernel/parts/facts.tsx';

/** People whom the server named by their references, by name: what it sends of many has none, and this tab knows them. */
export function NamedPeople({ references }: { readonly references: readonly string[] }) {
  const { event } = useDesk();
  const { all } = usePeople();
  const names = useMemo(() => new Map(all.map(({ reference, fullName }) => [reference, fullName])), [all]);
  return (
    <ul class="list">
      {references.map((reference) => (
        <li key={reference}>
          <a href={registrationAddress(event.id, reference)}>{names.get(reference) ?? <Reference of={reference} />}</a>{' '}
          {names.has(reference) && <Reference of={reference} />}
        </li>
      ))}
    </ul>
  );
}

interface PeopleInGroupsProps {
  readonly groups: readonly (readonly [name: string, references: readonly string[]])[];
}

/** The same, behind a press on what a group is called; a group of nobody is left out. */
export const PeopleInGroups = ({ groups }: PeopleInGroupsProps) => (
  <>
    {groups.map(
      ([name, references]) =>
        references.length > 0 && (
          <details key={name}>
            <summary>{name}</summary>
            <NamedPeople references={references} />
          </details>
        ),
    )}
  </>
);
