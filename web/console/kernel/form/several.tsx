import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../parts/button.tsx';

interface SeveralProps {
  readonly values: readonly string[];
  /** Of the button that adds one. */
  readonly more: string;
  readonly onChange: (values: readonly string[]) => void;
  /** The field of one value. */
  readonly children: (value: string, index: number, onChange: (value: string) => void) => ComponentChildren;
}

/** As many of one field as are wanted; the focus goes into one that was added. What is empty counts for nothing. */
export function Several({ values, more, onChange, children }: SeveralProps) {
  const fields = useRef<HTMLDivElement>(null);
  const shown = useRef(values.length);
  useEffect(() => {
    if (values.length > shown.current) {
      [...(fields.current?.querySelectorAll<HTMLElement>('input, select') ?? [])].at(-1)?.focus();
    }
    shown.current = values.length;
  }, [values.length]);
  return (
    <div class="several" ref={fields}>
      {values.map((value, index) =>
        children(value, index, (changed) => onChange(values.map((each, at) => (at === index ? changed : each)))),
      )}
      <Button kind="quiet" onPress={() => onChange([...values, ''])}>
        {more}
      </Button>
    </div>
  );
}
