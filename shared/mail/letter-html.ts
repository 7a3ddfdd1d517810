import { type Html, html, trusted } from '../html.ts';
import type { Block, Fact, FooterLine, Letter } from './letter.ts';
import { DARK, LIGHT } from './palette.ts';

/** Scripts whose marks stack above and below the line need more room between lines. */
const TALL_SCRIPTS = ['km', 'lo', 'my', 'th'];
const FONTS =
  "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Khmer','Khmer OS','Leelawadee UI',sans-serif";
const MONOSPACE = "ui-monospace,Consolas,Menlo,'Courier New',monospace";

/** Inline styles hold the light colours; these classes change them where the reader prefers dark ones. */
const HEAD = trusted(`<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<style>
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.page{background:${DARK.page}!important}
.sheet{background:${DARK.sheet}!important}
.text{color:${DARK.text}!important}
.muted{color:${DARK.muted}!important}
.link{color:${DARK.primary}!important}
.box{background:${DARK.page}!important}
.button{background:${DARK.primary}!important}
.on-button{color:${DARK.onPrimary}!important}
}
</style>
<!--[if mso]><style>*{font-family:'Segoe UI','Khmer UI',sans-serif!important}</style><![endif]-->`);

/** A message as HTML for mail programs: tables and inline styles, one column, complete without its pictures. */
export function letterHtml(letter: Letter): string {
  const leading = TALL_SCRIPTS.includes(letter.language) ? 1.7 : 1.5;
  return html`<!doctype html>
<html lang="${letter.language}">
<head>
${HEAD}
<title>${letter.subject}</title>
</head>
<body class="page" style="margin:0;padding:0;background:${LIGHT.page}">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:${LIGHT.page}">
<tr><td align="center" style="padding:16px 0">
<table role="presentation" class="sheet" width="640" cellpadding="0" cellspacing="0" style="width:100%;max-width:640px;background:${LIGHT.sheet}">
<tr><td class="text" style="padding:24px 16px;color:${LIGHT.text};font:18px/${leading} ${trusted(FONTS)};text-align:left">
<p class="muted" style="margin:0;font-size:16px;color:${LIGHT.muted}">${letter.context}</p>
<h1 style="margin:4px 0 16px;font-size:28px;line-height:${leading - 0.2};font-weight:700">${letter.title}</h1>
${letter.blocks.map((block) => html`${blockHtml(block)}\n`)}</td></tr>
</table>
<table role="presentation" width="640" cellpadding="0" cellspacing="0" style="width:100%;max-width:640px">
<tr><td class="muted" style="padding:16px;color:${LIGHT.muted};font:14px/${leading} ${trusted(FONTS)};text-align:left">${letter.footer.map(footerHtml)}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`.markup;
}

function blockHtml(block: Block): Html {
  switch (block.kind) {
    case 'heading':
      return html`<h2 style="margin:32px 0 8px;font-size:22px;font-weight:700">${block.text}</h2>`;
    case 'paragraph':
      return html`<p style="margin:0 0 16px">${block.text}</p>`;
    case 'facts':
      return factsHtml(block.facts);
    case 'button':
      return buttonHtml(block.label, block.url);
    case 'mailto':
      return html`<p style="margin:0 0 16px"><a class="link" href="mailto:${block.address}" style="color:${LIGHT.primary}">${block.address}</a></p>`;
    case 'code':
      return html`<p style="margin:0 0 16px;font-family:${trusted(MONOSPACE)};font-size:20px;font-weight:700">${block.text}</p>`;
    case 'picture':
      return html`<p style="margin:0 0 16px"><img src="cid:${block.contentId}" alt="${block.alt}" width="${block.side}" height="${block.side}" style="display:block;width:${block.side}px;max-width:100%;height:auto;border:0;background:#ffffff;color:#000000"></p>`;
  }
}

function factsHtml(facts: readonly Fact[]): Html {
  return html`<table role="presentation" class="box" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 16px;background:${LIGHT.page}">
${facts.map(
  ({ label, lines }) => html`<tr><td style="padding:8px 16px;font-size:inherit;line-height:inherit">
<strong class="muted" style="font-size:16px;font-weight:600;color:${LIGHT.muted}">${label}</strong>${lines.map((line) => html`<br>\n${line}`)}
</td></tr>
`,
)}</table>`;
}

const footerHtml = ({ text, links }: FooterLine): Html =>
  html`<p style="margin:0 0 8px">${text}${links.map(({ label, url }) => html`<br>\n<a class="link" href="${url}" style="color:${LIGHT.primary}">${label}</a>`)}</p>`;

/** The whole cell is the button, 48 px high: Outlook ignores padding on links, everyone honours it on cells. */
function buttonHtml(label: string, url: string): Html {
  return html`<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 24px"><tr>
<td class="button" style="padding:12px 24px;background:${LIGHT.primary};border-radius:4px"><a class="on-button" href="${url}" style="color:${LIGHT.onPrimary};font-weight:700;text-decoration:none">${label}</a></td>
</tr></table>`;
}
