import { type Html, html, trusted } from '../shared/kernel/html.ts';

/** A page of a tool that only its makers see. */
export const toolPage = (title: string, header: Html, content: Html): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<header>${header}</header>
<main>${content}</main>
</body>
</html>`;

/** The look of the site: same colours, no assets to build or serve. */
const STYLE = `
:root { color-scheme: light dark; --page: #f3f6f7; --sheet: #ffffff; --text: #13202a; --muted: #465662;
  --primary: #0b5a69; --on-primary: #ffffff; --line: #7d8b95; --focus: #ffbf47; }
@media (prefers-color-scheme: dark) { :root { --page: #0e161c; --sheet: #17222a; --text: #e9eff3; --muted: #a8b6c1;
  --primary: #74d3e0; --on-primary: #0e161c; --line: #6f808c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 18px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; padding: 12px 16px; background: var(--sheet);
  border-bottom: 1px solid var(--line); }
header a { font-weight: 700; text-decoration: none; }
header span, .muted, dt { color: var(--muted); }
main { max-width: 1120px; margin: 0 auto; padding: 16px; }
h1 { font-size: 28px; line-height: 1.25; margin: 8px 0 16px; }
h2, summary { font-size: 20px; font-weight: 600; line-height: 1.5; margin: 24px 0 8px; }
summary { cursor: pointer; padding: 8px 0; margin: 16px 0 0; }
a { color: var(--primary); text-underline-offset: 3px; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; box-shadow: inset 0 0 0 2px var(--text); }
form { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; margin: 0 0 16px; }
label { flex: 1 1 280px; font-weight: 600; }
input { display: block; width: 100%; min-height: 48px; padding: 8px 12px; font: inherit; color: inherit; background: var(--sheet);
  border: 1px solid var(--line); border-radius: 4px; }
button { min-height: 48px; padding: 8px 20px; font: inherit; font-weight: 600; color: var(--on-primary); background: var(--primary);
  border: 0; border-radius: 4px; cursor: pointer; }
.messages { list-style: none; margin: 0; padding: 0; background: var(--sheet); border: 1px solid var(--line); border-radius: 4px; }
.messages li + li { border-top: 1px solid var(--line); }
.messages a { display: grid; gap: 0 16px; padding: 12px 16px; text-decoration: none; color: inherit; }
.messages strong { color: var(--primary); text-decoration: underline; text-underline-offset: 3px; }
@media (min-width: 720px) { .messages a { grid-template-columns: 1fr auto; } }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 16px; }
dd { margin: 0; }
iframe { width: 100%; height: 80vh; background: #ffffff; border: 1px solid var(--line); border-radius: 4px; }
pre { margin: 0; padding: 16px; background: var(--sheet); border: 1px solid var(--line); border-radius: 4px; font-size: 15px;
  white-space: pre-wrap; }
.empty { padding: 32px 16px; background: var(--sheet); border: 1px solid var(--line); border-radius: 4px; }
.files { padding-inline-start: 20px; }
.files a { display: inline-block; padding: 8px 0; }
@media (max-width: 480px) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 8px; } }
`;
