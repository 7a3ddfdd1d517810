import { forgetOver, keepToken } from './script/feedback/kept.ts';
import { forgetTyped } from './script/keep-typed.ts';

/** Everything works without this. The form's own script is fetched once the page is there to be read and typed into. */
const script = document.querySelector<HTMLElement>('form[data-script]')?.dataset['script'];
// Browsers from before 2022 lack `Object.hasOwn`, which conditions need: they keep the plain page.
if (script !== undefined && 'hasOwn' in Object) addEventListener('load', () => void import(script));

// An attendee who is thanked has sent the form: the tab need not remember it any longer.
if (location.pathname.endsWith('/thanks')) forgetTyped(location.pathname.replace(/thanks$/, 'register'));
// So has a coordinator whose people are registered.
if (location.search.endsWith('&done=added')) forgetTyped(`${location.pathname}/people`);

// The holder's own pages leave behind what feedback is asked with, so that a form opened by a code in a room finds it;
// nothing of it stays once nothing is to be answered any more.
forgetOver(performance.timeOrigin + performance.now());
keepToken();

// The QR code of a certificate brings its code along, behind the number sign, where no server sees it before it is sent.
const code = document.querySelector<HTMLInputElement>('form[data-code] input');
if (code && !code.value) code.value = location.hash.slice(1);
