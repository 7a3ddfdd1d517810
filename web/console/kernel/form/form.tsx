import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { t } from '../../words.ts';
import { ApiProblem } from '../api.ts';
import { Button } from '../parts/buttons.tsx';
import { FailureNote } from '../parts/page.tsx';
import { isOf } from './field.tsx';

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

interface FieldsFormProps {
  readonly children: ComponentChildren;
  /** How it is laid out, where not in one column. */
  readonly class?: string;
  /** Of the button that sends it. */
  readonly send: string;
  readonly kind?: 'danger';
  readonly busy: boolean;
  readonly error: unknown;
  /** The labels of the fields by their path; an error of any other field is said above. */
  readonly labels: Readonly<Record<string, string>>;
  /** The id of a path's field, where that is not the path itself. */
  readonly idOf?: (path: string) => string;
  readonly onSend: () => void;
  readonly onCancel?: (() => void) | undefined;
}

/** A form with a summary of what is wrong on top: focused, each error a link to its field, in the order in which the fields stand. */
export function FieldsForm({
  children,
  class: name,
  send,
  kind,
  busy,
  error,
  labels,
  idOf = (path) => path,
  onSend,
  onCancel,
}: FieldsFormProps) {
  const summary = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => summary.current?.focus(), [error]);
  const errors = useMemo(() => {
    const standing = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    const told = (error instanceof ApiProblem ? error.errors : []).map(({ path, message }) => {
      const field = Object.keys(labels).find((name) => isOf(name, path));
      if (field === undefined) return { path, words: message, place: -1 };
      // A label that asks ends in a mark of its own.
      const words = `${labels[field]}${labels[field]?.endsWith('?') ? '' : ':'} ${message}`;
      return { path, id: idOf(field), words, place: standing.indexOf(idOf(field)) };
    });
    return told.toSorted((one, other) => one.place - other.place);
  }, [error]);
  return (
    <Form onSend={onSend} {...(name && { class: name })}>
      {errors.length === 0 ? (
        <FailureNote error={error} />
      ) : (
        <div class="errors" ref={summary} tabIndex={-1} role="alert">
          <p class="summary">{t('common.correct')}</p>
          <ul>
            {errors.map(({ path, id, words }) => (
              <li key={path}>
                {id === undefined ? (
                  words
                ) : (
                  <a href={`#${id}`} onClick={focusOn(id)}>
                    {words}
                  </a>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      {children}
      <p class="buttons">
        <Button type="submit" kind={kind} busy={busy}>
          {send}
        </Button>
        {onCancel && (
          <Button kind="second" onPress={onCancel}>
            {t('common.cancel')}
          </Button>
        )}
      </p>
    </Form>
  );
}

/** Without a change of address, which would be one more page to go back from. */
const focusOn =
  (id: string) =>
  (event: Event): void => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
