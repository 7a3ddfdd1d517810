import { type Html, html, trusted } from '../../../shared/kernel/html.ts';
import { STYLE } from './style.ts';

export const layout = (title: string, content: Html): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<header><a href="/">Mailbox</a><span>Everything that was sent from this machine</span></header>
<main>${content}</main>
</body>
</html>`;

/** In the reader's words, not the machine's: `25 Nov 2026, 10:15:03`. */
export function when(instant: string): Html {
  const text = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(instant),
  );
  return html`<time datetime="${instant}">${text} UTC</time>`;
}
