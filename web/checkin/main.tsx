import { render } from 'preact';
import { CHECKIN_PATH } from '../../shared/checkin/checkin-page.ts';
import { CheckInApp } from './app.tsx';
import type { Phone } from './app-context.ts';
import { browserDeps } from './engine/deps.ts';
import { takeAddressCode } from './engine/enrol.ts';
import { startEngine } from './engine/start.ts';
import { type CodeReader, startReader } from './scan/code-reader.ts';
import { makeSounds } from './sounds.ts';
import { ownLanguage, speak } from './words.ts';
import { watchUpdates } from './worker/updates.ts';

const root = document.getElementById('checkin');
if (root === null) throw new Error('the page has no place for the app');

let reader: CodeReader | undefined;
// Date.now is handed over, not called: the rest of the app is told the time.
const phone: Phone = {
  now: Date.now,
  storage: ownStorage(),
  reader: () => {
    reader ??= startReader();
    return reader;
  },
  sounds: makeSounds(),
  updates: watchUpdates(`${CHECKIN_PATH}sw.js`),
};
// Read and gone before anything else: it must not stay in the address while the phone's storage opens.
const code = takeAddressCode();
const [engine, spoken] = await Promise.all([
  startEngine(browserDeps()),
  speak(ownLanguage(phone.storage, navigator.languages)),
]);
root.replaceChildren();
render(<CheckInApp engine={engine} phone={phone} code={code} spoken={spoken} />, root);

/** Browsers that keep nothing throw as soon as it is named. */
function ownStorage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
