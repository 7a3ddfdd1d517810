import type { ComponentChildren } from 'preact';

interface FormProps {
  readonly children: ComponentChildren;
  readonly class?: string;
  readonly role?: 'search';
  readonly onSend: () => void;
}

/** What is wrong is said by our own words beside each field, not by the browser's. */
export const Form = ({ children, class: name, role, onSend }: FormProps) => (
  <form
    noValidate
    class={name}
    role={role}
    onSubmit={(event) => {
      event.preventDefault();
      onSend();
    }}
  >
    {children}
  </form>
);
