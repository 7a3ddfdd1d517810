import { useApp } from '../app-context.ts';

/** Of the list, by all that this phone knows. */
export function Counts() {
  const { snapshot, words } = useApp();
  const { counts, door } = snapshot;
  const capacity = door?.capacity;
  const showsInside = door?.passing === 'in-and-out' || capacity !== undefined;
  return (
    <p class="counts">
      <span>{words.scan.came(counts.came)}</span>
      {showsInside && (
        <span>
          {words.scan.inside(counts.inside)} {capacity !== undefined && words.scan.of(capacity)}
        </span>
      )}
    </p>
  );
}
