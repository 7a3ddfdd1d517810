// Written by `npm run mail-templates` from the .mjml files beside it, which are what to change.
import { type Html, html } from '../../../kernel/html.ts';

type Text = string | number;
type Markup = Html | readonly Html[];

export const button = ({ url, leading, label }: { readonly url: Text; readonly leading: Text; readonly label: Text }): Html => html`<tr>
<td align="left" class="button" style="font-size:0px;padding:8px 0 24px;word-break:break-word;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style="border-collapse:separate;line-height:100%;">
<tbody>
<tr>
<td align="center" bgcolor="#0b5a69" role="presentation" style="border:none;border-radius:4px;cursor:auto;mso-padding-alt:12px 24px;\
text-align:left;background:#0b5a69;" valign="middle">
<a href="${url}" style="display:inline-block;background:#0b5a69;color:#ffffff;font-family:inherit;font-size:18px;font-weight:700;\
line-height:${leading};margin:0;text-decoration:none;text-transform:none;padding:12px 24px;mso-padding-alt:0px;border-radius:4px;" target="\
_blank">
${label}
</a>
</td>
</tr>
</tbody>
</table>
</td>
</tr>
`;

export const code = ({ leading, text }: { readonly leading: Text; readonly text: Text }): Html => html`<tr>
<td align="left" class="text" style="font-size:0px;padding:0 0 16px;word-break:break-word;">
<div style="font-family:ui-monospace,Consolas,Menlo,'Courier New',monospace;font-size:20px;font-weight:700;line-height:${leading};\
text-align:left;color:#13202a;"><p style="margin:0">${text}</p></div>
</td>
</tr>
`;

export const facts = ({ leading, facts }: { readonly leading: Text; readonly facts: readonly { readonly label: Text;
 readonly lines: readonly { readonly line: Markup }[] }[] }): Html => html`<tr>
<td align="left" class="text" style="font-size:0px;padding:0 0 16px;word-break:break-word;">
<table cellpadding="0" cellspacing="0" role="presentation" width="100%" border="0" style="color:#13202a;font-family:inherit;font-size:18px;\
line-height:${leading};table-layout:auto;width:100%;border:none;">
${facts.map(({ label, lines }) => html`<tr><td class="box" style="padding: 8px 16px; background: #f3f6f7;"><strong class="label" style="\
font-size: 16px; font-weight: 600; color: #465662;">${label}</strong>${lines.map(({ line }) => html`<br>${line}`)}</td></tr>
`)}
</table>
</td>
</tr>
`;

export const heading = ({ leading, text }: { readonly leading: Text; readonly text: Text }): Html => html`<tr>
<td align="left" class="text" style="font-size:0px;padding:16px 0 8px;word-break:break-word;">
<div style="font-family:inherit;font-size:22px;font-weight:700;line-height:${leading};text-align:left;color:#13202a;"><h2 style="margin:0;\
font-size:22px">${text}</h2></div>
</td>
</tr>
`;

export const letter = ({ language, subject, preview, leading, context, titleLeading, title, blocks, footer }: { readonly language: Text;
 readonly subject: Text; readonly preview: Text; readonly leading: Text; readonly context: Text; readonly titleLeading: Text;
 readonly title: Text; readonly blocks: Markup; readonly footer: readonly { readonly text: Text;
 readonly links: readonly { readonly url: Text; readonly label: Text }[] }[] }): Html => html`<!doctype html>
<html lang="${language}" dir="ltr" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="\
urn:schemas-microsoft-com:office:office">
<head>
<title>${subject}</title>
<!--[if !mso]><!-->
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<!--<![endif]-->
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style type="text/css">
#outlook a { padding:0; }
body { margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }
table, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }
img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }
p { display:block;margin:13px 0; }
</style>
<!--[if mso]>
<noscript>
<xml>
<o:OfficeDocumentSettings>
<o:AllowPNG/>
<o:PixelsPerInch>96</o:PixelsPerInch>
</o:OfficeDocumentSettings>
</xml>
</noscript>
<![endif]-->
<!--[if lte mso 11]>
<style type="text/css">
.mj-outlook-group-fix { width:100% !important; }
</style>
<![endif]-->
<style type="text/css">
@media only screen and (min-width:480px) {
.mj-column-per-100 { width:100% !important; max-width: 100%; }
}
</style>
<style media="screen and (min-width:480px)">
.moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }
</style>
<style type="text/css">
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
.page, .page > div, .box { background: #0e161c !important; }
.sheet, .sheet > table { background: #17222a !important; }
.text div, .text table { color: #e9eff3 !important; }
.muted div, .label { color: #a8b6c1 !important; }
.link { color: #74d3e0 !important; }
.button td, .button a { background: #74d3e0 !important; color: #0e161c !important; }
}
</style>
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<!--[if mso]><style>*{font-family:'Segoe UI','Khmer UI',sans-serif!important}</style><![endif]-->
</head>
<body class="page" style="padding: 16px 0;\
 font-family: system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Khmer','Khmer OS','Leelawadee UI',sans-serif;\
 word-spacing: normal; background-color: #f3f6f7;">
<div style="font-family: system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Khmer','Khmer OS','Leelawadee UI',sans-serif;\
 display: none; font-size: 1px; color: #ffffff; line-height: 1px; max-height: 0px; max-width: 0px; opacity: 0; overflow: hidden;"\
>${preview}</div>
<div aria-label="${subject}" aria-roledescription="email" role="article" lang="${language}" dir="ltr" style="\
font-family: system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Khmer','Khmer OS','Leelawadee UI',sans-serif;\
 word-spacing: normal; background-color: #f3f6f7;">
<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="sheet-outlook" role="presentation" style="\
width:640px;" width="640" bgcolor="#ffffff" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div class="sheet" style="background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;">
<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="background:#ffffff;background-color:#ffffff;\
width:100%;">
<tbody>
<tr>
<td style="direction:ltr;font-size:0px;padding:24px 16px;text-align:left;">
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;\
width:608px;" ><![endif]-->
<div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;\
vertical-align:top;width:100%;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%">
<tbody>
<tr>
<td style="vertical-align:top;padding:0;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style width="100%">
<tbody>
<tr>
<td align="left" class="muted" style="font-size:0px;padding:0 0 4px;word-break:break-word;">
<div style="font-family:inherit;font-size:16px;line-height:${leading};text-align:left;color:#465662;"><p style="margin:0"\
>${context}</p></div>
</td>
</tr>
<tr>
<td align="left" class="text" style="font-size:0px;padding:0 0 16px;word-break:break-word;">
<div style="font-family:inherit;font-size:28px;font-weight:700;line-height:${titleLeading};text-align:left;color:#13202a;"><h1 style="\
margin:0;font-size:28px">${title}</h1></div>
</td>
</tr>
${blocks}
</tbody>
</table>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation" style="\
width:640px;" width="640" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->
<div style="margin:0px auto;max-width:640px;">
<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;">
<tbody>
<tr>
<td style="direction:ltr;font-size:0px;padding:16px;text-align:left;">
<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;\
width:608px;" ><![endif]-->
<div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;\
vertical-align:top;width:100%;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" width="100%">
<tbody>
<tr>
<td style="vertical-align:top;padding:0;">
<table border="0" cellpadding="0" cellspacing="0" role="presentation" style width="100%">
<tbody>
<tr>
<td align="left" class="muted" style="font-size:0px;padding:0;word-break:break-word;">
<div style="font-family:inherit;font-size:14px;line-height:${leading};text-align:left;color:#465662;"\
>${footer.map(({ text, links }) => html`<p style="margin:0 0 8px">${text}${links.map(({ url, label }) => html`<br><a class="link" href="\
${url}" style="color: #0b5a69;">${label}</a>`)}</p>`)}</div>
</td>
</tr>
</tbody>
</table>
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</td>
</tr>
</tbody>
</table>
</div>
<!--[if mso | IE]></td></tr></table><![endif]-->
</div>
</body>
</html>
`;

export const link = ({ leading, url, label }: { readonly leading: Text; readonly url: Text; readonly label: Text }): Html => html`<tr>
<td align="left" class="text" style="font-size:0px;padding:0 0 24px;word-break:break-word;">
<div style="font-family:inherit;font-size:18px;line-height:${leading};text-align:left;color:#13202a;"><p style="margin:0"><a class="link"\
 href="${url}" style="color: #0b5a69;">${label}</a></p></div>
</td>
</tr>
`;

export const mailto = ({ leading, address }: { readonly leading: Text; readonly address: Text }): Html => html`<tr>
<td align="left" class="text" style="font-size:0px;padding:0 0 16px;word-break:break-word;">
<div style="font-family:inherit;font-size:18px;line-height:${leading};text-align:left;color:#13202a;"><p style="margin:0"><a class="link"\
 href="mailto:${address}" style="color: #0b5a69;">${address}</a></p></div>
</td>
</tr>
`;

export const paragraph = ({ leading, text }: { readonly leading: Text; readonly text: Markup }): Html => html`<tr>
<td align="left" class="text" style="font-size:0px;padding:0 0 16px;word-break:break-word;">
<div style="font-family:inherit;font-size:18px;line-height:${leading};text-align:left;color:#13202a;"><p style="margin:0;\
white-space:pre-line">${text}</p></div>
</td>
</tr>
`;

export const picture = ({ leading, contentId, alt, side }: { readonly leading: Text; readonly contentId: Text; readonly alt: Text;
 readonly side: Text }): Html => html`<tr>
<td align="left" class="text" style="font-size:0px;padding:0 0 16px;word-break:break-word;">
<div style="font-family:inherit;font-size:18px;line-height:${leading};text-align:left;color:#13202a;"><img src="cid:${contentId}" alt="\
${alt}" width="${side}" height="${side}" style="display:block;width:${side}px;max-width:100%;height:auto;border:0;background:#ffffff;\
color:#000000"></div>
</td>
</tr>
`;
