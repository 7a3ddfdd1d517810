import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../words.ts';
import { FailureNote } from './page.tsx';

interface ButtonProps {
  readonly children: ComponentChildren;
  readonly type?: 'button' | 'submit';
  readonly kind?: 'second' | 'danger' | 'quiet' | undefined;
  readonly busy?: boolean;
  /** Where the words alone do not say what for. */
  readonly label?: string;
  readonly onPress?: () => void;
}

/** Busy, it stays where it is and keeps the focus; presses do nothing then. */
export function Button({ children, type = 'button', kind, busy = false, label, onPress }: ButtonProps) {
  return (
    <button
      type={type}
      class={kind}
      aria-disabled={busy || undefined}
      aria-label={label}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onPress?.();
      }}
    >
      {children}
    </button>
  );
}

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
  useLayoutEffect(() => {
    if (open) inside.current?.querySelector<HTMLElement>('a, input, select, textarea, button')?.focus();
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

interface ConfirmationProps {
  /** Of the button that opens it. */
  readonly label: string;
  /** What the press leads to. */
  readonly follows: string;
  /** Of the button that does it. */
  readonly now: string;
  /** Absent for what takes nothing from anyone. */
  readonly kind?: 'danger' | undefined;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onPress: () => void;
}

/** Two presses, for what is not easily taken back: the first says what follows, the second does it. */
export const Confirmation = ({ label, follows, now, kind, busy, error, onPress }: ConfirmationProps) => (
  <Disclosure label={label}>
    {(close) => (
      <>
        <p>{follows}</p>
        <FailureNote error={error} />
        <p class="buttons">
          <Button kind={kind} busy={busy} onPress={onPress}>
            {now}
          </Button>
          <Button kind="second" onPress={close}>
            {t('common.goBack')}
          </Button>
        </p>
      </>
    )}
  </Disclosure>
);
