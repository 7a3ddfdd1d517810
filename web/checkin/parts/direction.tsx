import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';

const DIRECTIONS = ['in', 'out'] as const;

/** Whether people come in or leave, at doors where both are noted. */
export function Direction() {
  const { engine, snapshot, words } = useApp();
  const [, drawAgain] = useState(0);
  if (snapshot.door?.passing !== 'in-and-out') return null;
  const choose = (direction: (typeof DIRECTIONS)[number]): void => {
    // What could not be kept does not hold, whatever was pressed.
    engine.chooseDirection(direction).catch(() => drawAgain((count) => count + 1));
  };
  return (
    <fieldset class="direction">
      <legend class="unseen">{words.direction.label}</legend>
      {DIRECTIONS.map((direction) => (
        <label key={direction}>
          <input
            type="radio"
            name="direction"
            checked={snapshot.direction === direction}
            onChange={() => choose(direction)}
          />
          <span>{words.direction[direction]}</span>
        </label>
      ))}
    </fieldset>
  );
}
