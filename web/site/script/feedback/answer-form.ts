import { restoreTyped } from '../keep-typed.ts';
import { forgetTyped } from '../typed-storage.ts';
import { currentForm, fieldsOf, hasProof, keepTyped, showSending } from './form-fields.ts';
import { ANSWERED, forgetToken, keptAnswering, type Place, placeKey, readKept, writeKept } from './kept.ts';
import { hideNotes, sayRefused, sayWhy } from './notes.ts';
import { askPass, proofFor } from './prove.ts';
import { sayAs } from './say-as.ts';
import { sendAnswers } from './send.ts';
import { showPage, textIn } from './show-page.ts';
import { Refused, Stopped } from './stopped.ts';
import { askForNoWords } from './young.ts';

/** Whose answers these are: another person's page, opened in another tab meanwhile, changes nothing. */
let place: Place | undefined;
/** The name that is said at the top, and nowhere sent. */
let answersAs = '';
let isYoung = false;
/** Whether a press of the button is being dealt with. */
let isSending = false;

/** Lets whoever attended answer, and nobody learn who does. */
export function answerForm(form: HTMLFormElement): void {
  if (document.querySelector('.errors') === null) restoreTyped(form);
  document.addEventListener('submit', (event) => {
    if (event.target !== currentForm()) return;
    event.preventDefault();
    void pressed();
  });
  document.addEventListener('input', keepTyped);
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
    // Once it is signed, nothing is asked any more as somebody who is known.
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
  keepTyped();
}
