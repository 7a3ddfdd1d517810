import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

interface DisclosureProps {
  /** Of the button that opens and closes it. */
  readonly label: string;
  /** What it is for, where the label alone does not say. */
  readonly about?: string;
  /** @param close also brings the focus back to the button */
  readonly children: (close: () => void) => ComponentChildren;
}

/** What a press opens below its button; the focus goes into it, and back when it is closed. */
export function Disclosure({ label, about, children }: DisclosureProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const inside = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open) inside.current?.querySelector<HTMLElement>('input, select, textarea, button')?.focus();
  }, [open]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div class="disclosure">
      <button
        ref={button}
        type="button"
        class="second"
        aria-label={about && `${label}: ${about}`}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {label}
      </button>
      <div id={id} ref={inside} class="opened" hidden={!open}>
        {open && children(close)}
      </div>
    </div>
  );
}
