import { useApp } from '../app-context.ts';

const DIRECTIONS = ['in', 'out'] as const;

/** Whether people come in or leave, at doors where both are noted. */
export function Direction() {
  const { engine, snapshot, words } = useApp();
  if (snapshot.door?.passing !== 'in-and-out') return null;
  return (
    <fieldset class="direction">
      <legend class="unseen">{words.direction.label}</legend>
      {DIRECTIONS.map((direction) => (
        <label key={direction}>
          <input
            type="radio"
            name="direction"
            checked={snapshot.direction === direction}
            onChange={() => engine.chooseDirection(direction).catch(() => {})}
          />
          <span>{words.direction[direction]}</span>
        </label>
      ))}
    </fieldset>
  );
}
