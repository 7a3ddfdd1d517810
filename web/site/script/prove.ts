import { solveChallenge } from './solve-challenge.ts';

/** A reader who leaves the pages of a report in haste is not led back to them by the button for it. */
function leaveForGood(): void {
  const leave = document.querySelector<HTMLAnchorElement>('[data-leave]');
  if (leave === null) return;
  leave.onclick = () => {
    location.replace(leave.href);
    return false;
  };
}

/**
 * Loaded by a form that came back because its event is under attack: does the work, and sends the form again. Of one that is taken without,
 * it is done while the reporter types, who never waits for it.
 */
// Of the pages with this script, those of a report have that button.
leaveForGood();

const field = document.querySelector<HTMLInputElement>('input[data-challenge]');
const working = document.querySelector<HTMLElement>('[data-working]');
if (field?.form) {
  const { form } = field;
  if ('beside' in field.dataset)
    form.addEventListener('focusin', () => void solve(field).catch(() => undefined), { once: true });
  else prove(field, form).catch(goOnWithout);
}

async function solve(answer: HTMLInputElement): Promise<void> {
  const challenge = JSON.parse(answer.dataset['challenge'] ?? '');
  const solution = await solveChallenge(challenge.parameters);
  answer.value = btoa(JSON.stringify({ challenge, solution }));
}

async function prove(answer: HTMLInputElement, form: HTMLFormElement): Promise<void> {
  working?.removeAttribute('hidden');
  await solve(answer);
  // It was complete when it was sent first: nothing is left to check.
  form.submit();
}

/** A browser that cannot solve it is shown what one without scripts is. */
function goOnWithout(): void {
  working?.setAttribute('hidden', '');
  const otherwise = document.querySelector('.note noscript');
  if (otherwise) otherwise.outerHTML = otherwise.textContent ?? '';
}
