import type { ComponentChildren } from 'preact';
import { useApp } from '../app-context.ts';
import type { TypedWalkIn } from '../engine/engine.ts';

/** How a field is tied to its label and to what is wrong with it. */
interface Aria {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

interface WalkInFieldProps {
  readonly name: keyof TypedWalkIn;
  readonly isWrong: boolean;
  readonly children: (aria: Aria) => ComponentChildren;
}

/** A label, what is wrong below it, and the field. */
export function WalkInField({ name, isWrong, children }: WalkInFieldProps) {
  const { words } = useApp();
  const [id, problem] = [`walk-in-${name}`, `walk-in-${name}-problem`];
  return (
    <>
      <label for={id}>{words.walkIn[name]}</label>
      {isWrong && (
        <p id={problem} class="problem">
          {words.walkIn.wrong[name]}
        </p>
      )}
      {children({ id, 'aria-invalid': isWrong, 'aria-describedby': isWrong ? problem : undefined })}
    </>
  );
}
