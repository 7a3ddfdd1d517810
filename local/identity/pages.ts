import { type Html, html, trusted } from '../../shared/html.ts';
import { STYLE } from '../mailbox/pages/style.ts';
import type { Person } from './people.ts';

/** One press signs in: whoever can open this page may be anyone. */
export const signInPage = (people: readonly Person[]): string =>
  page(
    'Sign in',
    html`<p>These people are made up. Choose whom to be.</p>
<form method="post">
${people.map(({ subject, name }) => html`<button name="person" value="${subject}">${name}</button>\n`)}
</form>`,
  );

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

/** For whoever builds a client: what was wrong with its request. */
export const problemPage = (problem: string): string => page('Signing in did not work', html`<p>${problem}</p>`);

const page = (title: string, content: Html): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<header><strong>Accounts</strong><span>Stands in for the sign-in pages of the deployed system</span></header>
<main><h1>${title}</h1>${content}</main>
</body>
</html>`.markup;
