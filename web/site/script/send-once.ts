/** Milliseconds after which a form that got no answer may be sent again: the server would not register twice. */
const PATIENCE = 10_000;

/** A second press while the first is on its way does nothing, and the button says so. */
export function keepFromSendingTwice(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>('button[data-sending]');
  if (button === null) return;
  const label = button.textContent;
  const reset = (): void => {
    button.removeAttribute('aria-disabled');
    button.textContent = label;
  };
  form.addEventListener('submit', (event) => {
    // Another step is shown first, or something is missing.
    if (event.defaultPrevented) return;
    if (button.hasAttribute('aria-disabled')) {
      event.preventDefault();
      return;
    }
    button.setAttribute('aria-disabled', 'true');
    button.textContent = button.dataset['sending'] ?? label;
    setTimeout(reset, PATIENCE);
  });
  // Going back may bring the page back as it was left: sending.
  window.addEventListener('pageshow', reset);
}
