import { render } from 'preact';
import { ConsoleApp } from './app.tsx';
import { makeSession } from './kernel/session.ts';
import { fetchFont, LANGUAGE } from './words.ts';

const root = document.getElementById('console');
if (root === null) throw new Error('the page has no place for the console');

document.documentElement.lang = LANGUAGE;
await fetchFont();
// Date.now is handed over, not called: the rest of the console is told the time.
const { now } = Date;
render(<ConsoleApp now={now} session={makeSession({ origin: location.origin, storage: sessionStorage, now })} />, root);
