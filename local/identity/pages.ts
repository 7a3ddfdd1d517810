import { renderSVG } from 'uqr';
import { type Html, html, trusted } from '../../shared/kernel/html.ts';
import { toolPage } from '../page-style.ts';
import { addressOf, type SamplePerson } from './people.ts';

/** One press signs in: a developer who can open this page may be anyone. */
export const signInPage = (people: readonly SamplePerson[]): string =>
  page(
    'Sign in',
    html`<p>These people are made up. Choose whom to be.</p>
<form method="post">
${people.map(({ subject, name }) => html`<button name="person" value="${subject}">${name}</button>\n`)}
</form>
<h2>With a second factor</h2>
<p>A member who sets up an authenticator app is asked for its code from then on, as with Cognito. A lost one is reset by two organisers.</p>
<form method="post">
<label>Who <select name="person">
${people.map(
  (person) => html`<option value="${person.subject}">${person.name} (${addressOf(person)})</option>
`,
)}
</select></label>
<button name="set-up" value="yes">Set up an authenticator app</button>
</form>`,
  );

/** For a person who has one. */
export const codePage = ({ subject, name }: SamplePerson, isWrong: boolean): string =>
  page(
    'Code of your authenticator app',
    html`<p>You sign in as ${name}.</p>
${isWrong ? WRONG_CODE : ''}<form method="post">
<input type="hidden" name="person" value="${subject}">
${CODE_FIELD}
<button>Sign in</button>
</form>`,
  );

/** @param address what an app reads from a QR code */
export const setUpPage = ({ subject, name }: SamplePerson, secret: string, address: string, isWrong: boolean): string =>
  page(
    'Set up an authenticator app',
    html`<p>You sign in as ${name}. Scan this with an app such as FreeOTP, or type the key into it:</p>
<div style="max-width: 220px">${trusted(renderSVG(address))}</div>
<p><code>${secret}</code></p>
${isWrong ? WRONG_CODE : ''}<form method="post">
<input type="hidden" name="person" value="${subject}">
<input type="hidden" name="secret" value="${secret}">
${CODE_FIELD}
<button>Sign in</button>
</form>`,
  );

const CODE_FIELD = html`<label>Code that the app shows <input name="code" inputmode="numeric" autocomplete="one-time-code" required></label>`;
const WRONG_CODE = html`<p role="alert"><strong>This is not the code.</strong></p>
`;

/** @param form the provider's own, without a button */
export const signOutPage = (form: string): string =>
  page(
    'Sign out',
    html`${trusted(form)}
<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
  );

/** For a page that was left open longer than its sign-in lasts, or was pressed twice. */
export const startAgainPage = (consoleUrl: string): string =>
  page('This page is out of date', html`<p><a href="${consoleUrl}">Start again from the console</a></p>`);

/** For the developer of a client: what was wrong with its request. */
export const signInProblemPage = (problem: string): string => page('Signing in did not work', html`<p>${problem}</p>`);

const page = (title: string, content: Html): string =>
  toolPage(
    title,
    html`<strong>Accounts</strong><span>Stands in for the sign-in pages of the deployed system</span>`,
    html`<h1>${title}</h1>${content}`,
  ).markup;
