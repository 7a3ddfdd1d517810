import { element } from '../fields.ts';
import { forgetTyped, restoreTyped } from '../keep-typed.ts';
import { currentForm, fieldsOf, hasProof, keepAnswers, sayAs, showSending } from './form-fields.ts';
import { ANSWERED, forgetToken, type KeptPlace, keptAnswering, placeKey, readKept, writeKept } from './kept.ts';
import { ANONYMOUSLY, answerTo, askPass, type NoteName, proofFor, Refused, Stopped } from './prove.ts';

/** Where something is said: above the questions, or beside the button. */
type Where = 'first' | 'last';

function hideNotes(): void {
  for (const note of document.querySelectorAll<HTMLElement>('[data-note]')) note.hidden = true;
}

/** Says why it went no further, in the place where the reader is, instead of anything that was said before. */
function sayWhy(error: unknown, where: Where): void {
  if (error instanceof Refused) sayRefused(error.title, error.detail, where);
  else show(error instanceof Stopped ? error.note : 'failed', where);
}

function sayRefused(title: string, detail: string, where: Where): void {
  const note = find('refused', where);
  note?.replaceChildren(element('h2', {}, title), element('p', {}, detail));
  show('refused', where);
}

function show(name: NoteName | 'refused', where: Where): void {
  hideNotes();
  const note = find(name, where);
  if (note === undefined) return;
  note.hidden = false;
  // At first nobody is interrupted; an attendee who pressed a button waits for this.
  if (where === 'last') {
    note.focus();
    note.scrollIntoView({ block: 'nearest' });
  }
}

/** Not every note is in both places. */
function find(name: NoteName | 'refused', where: Where): HTMLElement | undefined {
  const notes = [...document.querySelectorAll<HTMLElement>(`[data-note="${name}"]`)];
  return where === 'first' ? notes[0] : notes[notes.length - 1];
}

/** The page that answered a form. */
interface Answer {
  /** `refused`: something in it has to change. `not-taken`: a problem, which its page tells. */
  readonly kind: 'counted' | 'refused' | 'not-taken';
  readonly page: Document;
  /** Where the page is. */
  readonly url: string;
}

/** As a browser would send the form, but from nobody. @throws Stopped */
async function sendAnswers(address: string, fields: URLSearchParams): Promise<Answer> {
  const { response, text } = await answerTo(
    address,
    { ...ANONYMOUSLY, method: 'POST', redirect: 'follow', body: fields },
    'unsure',
  );
  const page = new DOMParser().parseFromString(text, 'text/html');
  // Of what stands between, such as a firewall, nobody can say what became of the answers; what failed may have been counted.
  if (page.querySelector('main') === null || response.status >= 500) throw new Stopped('failed');
  const kind = response.redirected ? 'counted' : response.status === 422 ? 'refused' : 'not-taken';
  return { kind: kind === 'not-taken' && isSpent(page) ? 'counted' : kind, page, url: response.url };
}

/**
 * Only this browser knew what was spent. So it was sent from here, the answer was lost on its way back, and the page says that it was
 * counted.
 */
const isSpent = (page: Document): boolean => page.querySelector('[data-problem="token-spent"]') !== null;

/** Shows a page that was fetched, in place of the one that is there: to go to its address would say to the server who had sent the form. */
function showPage({ title, body, documentElement }: Document, url: string): void {
  document.title = title;
  for (const part of ['header', 'main']) {
    const fresh = body.querySelector(part);
    if (fresh !== null) document.querySelector(part)?.replaceWith(fresh);
  }
  document.documentElement.lang = documentElement.lang;
  if (url !== location.href) history.replaceState(null, '', url);
  const start = document.querySelector<HTMLElement>('.errors') ?? document.querySelector('main');
  start?.focus();
  start?.scrollIntoView();
}

/** The words of the first such element in the main part of a page. */
const textIn = (page: Document, selector: string): string => page.querySelector(`main ${selector}`)?.textContent ?? '';

/** Words are taken of adults only: of someone under 18 they are not asked, not sent, and what was typed already is gone (CS22). */
function askForNoWords(form: HTMLFormElement): void {
  for (const words of form.querySelectorAll('textarea')) {
    words.value = '';
    words.disabled = true;
    const field = words.closest<HTMLElement>('.field');
    if (field) field.hidden = true;
  }
  form.querySelector('[data-words]')?.setAttribute('hidden', '');
  form.querySelector('[data-young]')?.removeAttribute('hidden');
}

/** Whose answers these are: another person's page, opened in another tab meanwhile, changes nothing. */
let place: KeptPlace | undefined;
/** The name that is said at the top, and nowhere sent. */
let answersAs = '';
let isYoung = false;
/** Whether a press of the button is being dealt with. */
let isSending = false;

/** Lets an attendee answer, and nobody learn who does. */
export function answerForm(form: HTMLFormElement): void {
  if (document.querySelector('.errors') === null) restoreTyped(form);
  document.addEventListener('submit', (event) => {
    if (event.target !== currentForm()) return;
    event.preventDefault();
    void pressed();
  });
  document.addEventListener('input', keepAnswers);
  // The page of a registration was opened, in another tab, or in this one before coming back.
  addEventListener('storage', () => void begin());
  addEventListener('pageshow', ({ persisted }) => persisted && void begin());
  void begin();
}

/** Says at once what would only be found out after typing, and asks nothing that may not be asked. */
async function begin(): Promise<void> {
  const form = currentForm();
  if (form === null || place !== undefined || hasProof(form)) return;
  const { event = '', form: name = '' } = form.dataset;
  const answering = keptAnswering(event);
  if (answering === undefined) return sayWhy(new Stopped('no-link'), 'first');
  hideNotes();
  place = { event, form: name, token: answering.token };
  answersAs = answering.name;
  sayAs(answersAs);
  const kept = readKept(place);
  if (kept === ANSWERED) return nothingToAnswer(new Stopped('answered'));
  try {
    // Once it is signed, nothing is asked any more as an attendee who is known.
    const { group } = kept?.signature === undefined ? await askPass(place) : kept;
    if (group === 'young') withoutWords();
  } catch (error) {
    // Without a network there is still time: it is asked again when the answers are sent.
    if (!isLinkGone(error) && error instanceof Refused) nothingToAnswer(error);
  }
}

async function pressed(): Promise<void> {
  const form = currentForm();
  if (form === null || isSending) return;
  if (place === undefined && !hasProof(form)) return sayWhy(new Stopped('no-link'), 'last');
  isSending = true;
  const asBefore = showSending(form);
  hideNotes();
  try {
    await oneAtATime(() => send(form));
  } catch (error) {
    if (!isLinkGone(error)) sayWhy(error, 'last');
  } finally {
    isSending = false;
    asBefore();
  }
}

async function send(form: HTMLFormElement): Promise<void> {
  const proof = place && (await proofFor(place));
  if (proof?.group === 'young') withoutWords();
  const { kind, page, url } = await sendAnswers(form.action, fieldsOf(form, proof));
  // What was typed stays there to be seen, also where it came too late.
  if (kind === 'not-taken') return sayRefused(textIn(page, 'h1'), textIn(page, '.lead'), 'last');
  if (kind === 'counted') {
    forgetTyped(location.pathname);
    if (place !== undefined) writeKept(place, ANSWERED);
  }
  showPage(page, kind === 'counted' ? url : location.href);
  if (kind === 'refused') sayAs(answersAs);
  if (isYoung) withoutWords();
}

/** Two tabs with the same form wait for each other: the second then finds that the first has answered. */
const oneAtATime = (run: () => Promise<void>): Promise<void> =>
  place !== undefined && 'locks' in navigator ? navigator.locks.request(placeKey(place), run) : run();

function nothingToAnswer(why: Error): void {
  sayWhy(why, 'first');
  for (const part of [currentForm(), document.querySelector('main > .lead')]) part?.setAttribute('hidden', '');
}

/** A link that was replaced takes the token with it: the new one brings another. */
function isLinkGone(error: unknown): boolean {
  if (!(error instanceof Refused) || error.type !== 'link-not-valid' || place === undefined) return false;
  forgetToken(place.event, place.token);
  place = undefined;
  sayAs('');
  sayWhy(new Stopped('no-link'), isSending ? 'last' : 'first');
  return true;
}

function withoutWords(): void {
  isYoung = true;
  const form = currentForm();
  if (form === null) return;
  askForNoWords(form);
  keepAnswers();
}
