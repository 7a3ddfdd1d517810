import type { ComponentChildren } from 'preact';

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
