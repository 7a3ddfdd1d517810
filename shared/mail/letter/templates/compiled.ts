// Written by `npm run mail-templates` from the .mjml files beside it, which are what to change.
import { type Html, html } from '../../../kernel/html.ts';

type Text = string | number;
type Markup = Html | readonly Html[];

export const button = ({ url, leading, label }: { readonly url: Text; readonly leading: Text; readonly label: Text }): Html => html`<tr>\n<td align="left"\
 class="button" style="font-size:0px;padding:8px 0 24px;word-break:break-word;">\n<table border="0" cellpadding="0" cellspacing="0" role="presentation"\
 style="border-collapse:separate;line-height:100%;">\n<tbody>\n<tr>\n<td align="center" bgcolor="#0b5a69" role="presentation" style="border:none;\
border-radius:4px;cursor:auto;mso-padding-alt:12px 24px;text-align:left;background:#0b5a69;" valign="middle">\n<a href="${url}" style="\
display:inline-block;background:#0b5a69;color:#ffffff;font-family:inherit;font-size:18px;font-weight:700;line-height:${leading};margin:0;\
text-decoration:none;text-transform:none;padding:12px 24px;mso-padding-alt:0px;border-radius:4px;" target="_blank">\n${label}\n</a>\n</td>\n</tr>\n\
</tbody>\n</table>\n</td>\n</tr>\n`;

export const code = ({ leading, text }: { readonly leading: Text; readonly text: Text }): Html => html`<tr>\n<td align="left" class="text" style="\
font-size:0px;padding:0 0 16px;word-break:break-word;">\n<div style="font-family:ui-monospace,Consolas,Menlo,'Courier New',monospace;font-size:20px;\
font-weight:700;line-height:${leading};text-align:left;color:#13202a;"><p style="margin:0">${text}</p></div>\n</td>\n</tr>\n`;

export const facts = ({ leading, facts }: { readonly leading: Text; readonly facts: readonly { readonly label: Text;
 readonly lines: readonly { readonly line: Markup }[] }[] }): Html => html`<tr>\n<td align="left" class="text" style="font-size:0px;padding:0 0 16px;\
word-break:break-word;">\n<table cellpadding="0" cellspacing="0" role="presentation" width="100%" border="0" style="color:#13202a;font-family:inherit;\
font-size:18px;line-height:${leading};table-layout:auto;width:100%;border:none;">\n${facts.map(({ label, lines }) => html`<tr><td class="box" style="\
padding: 8px 16px; background: #f3f6f7;"><strong class="label" style="font-size: 16px; font-weight: 600; color: #465662;"\
>${label}</strong>${lines.map(({ line }) => html`<br>${line}`)}</td></tr>\n`)}\n</table>\n</td>\n</tr>\n`;

export const heading = ({ leading, text }: { readonly leading: Text; readonly text: Text }): Html => html`<tr>\n<td align="left" class="text" style="\
font-size:0px;padding:16px 0 8px;word-break:break-word;">\n<div style="font-family:inherit;font-size:22px;font-weight:700;line-height:${leading};\
text-align:left;color:#13202a;"><h2 style="margin:0;font-size:22px">${text}</h2></div>\n</td>\n</tr>\n`;

export const letter = ({ language, subject, preview, leading, context, titleLeading, title, blocks, footer }: { readonly language: Text;
 readonly subject: Text; readonly preview: Text; readonly leading: Text; readonly context: Text; readonly titleLeading: Text; readonly title: Text;
 readonly blocks: Markup; readonly footer: readonly { readonly text: Text; readonly links: readonly { readonly url: Text;
 readonly label: Text }[] }[] }): Html => html`<!doctype html>\n<html lang="${language}" dir="ltr" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="\
urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">\n<head>\n<title>${subject}</title>\n<!--[if !mso]><!-->\n\
<meta http-equiv="X-UA-Compatible" content="IE=edge">\n<!--<![endif]-->\n<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n<meta name="\
viewport" content="width=device-width, initial-scale=1">\n<style type="text/css">\n#outlook a { padding:0; }\nbody { margin:0;padding:0;\
-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%; }\ntable, td { border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt; }\n\
img { border:0;height:auto;line-height:100%; outline:none;text-decoration:none;-ms-interpolation-mode:bicubic; }\np { display:block;margin:13px 0; }\n\
</style>\n<!--[if mso]>\n<noscript>\n<xml>\n<o:OfficeDocumentSettings>\n<o:AllowPNG/>\n<o:PixelsPerInch>96</o:PixelsPerInch>\n</o:OfficeDocumentSettings>\n\
</xml>\n</noscript>\n<![endif]-->\n<!--[if lte mso 11]>\n<style type="text/css">\n.mj-outlook-group-fix { width:100% !important; }\n</style>\n\
<![endif]-->\n<style type="text/css">\n@media only screen and (min-width:480px) {\n.mj-column-per-100 { width:100% !important; max-width: 100%; }\n}\n\
</style>\n<style media="screen and (min-width:480px)">\n.moz-text-html .mj-column-per-100 { width:100% !important; max-width: 100%; }\n</style>\n\
<style type="text/css">\n:root { color-scheme: light dark; supported-color-schemes: light dark; }\n@media (prefers-color-scheme: dark) {\n\
.page, .page > div, .box { background: #0e161c !important; }\n.sheet, .sheet > table { background: #17222a !important; }\n\
.text div, .text table { color: #e9eff3 !important; }\n.muted div, .label { color: #a8b6c1 !important; }\n.link { color: #74d3e0 !important; }\n\
.button td, .button a { background: #74d3e0 !important; color: #0e161c !important; }\n}\n</style>\n<meta name="color-scheme" content="light dark">\n\
<meta name="supported-color-schemes" content="light dark">\n\
<!--[if mso]><style>*{font-family:'Segoe UI','Khmer UI',sans-serif!important}</style><![endif]-->\n</head>\n<body class="page" style="padding: 16px 0;\
 font-family: system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Khmer','Khmer OS','Leelawadee UI',sans-serif; word-spacing: normal;\
 background-color: #f3f6f7;">\n<div style="\
font-family: system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Khmer','Khmer OS','Leelawadee UI',sans-serif; display: none; font-size: 1px;\
 color: #ffffff; line-height: 1px; max-height: 0px; max-width: 0px; opacity: 0; overflow: hidden;">${preview}</div>\n<div aria-label="${subject}"\
 aria-roledescription="email" role="article" lang="${language}" dir="ltr" style="\
font-family: system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans Khmer','Khmer OS','Leelawadee UI',sans-serif; word-spacing: normal;\
 background-color: #f3f6f7;">\n<!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="sheet-outlook" role="\
presentation" style="width:640px;" width="640" bgcolor="#ffffff" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"\
><![endif]-->\n<div class="sheet" style="background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;">\n<table align="center" border="0"\
 cellpadding="0" cellspacing="0" role="presentation" style="background:#ffffff;background-color:#ffffff;width:100%;">\n<tbody>\n<tr>\n<td style="\
direction:ltr;font-size:0px;padding:24px 16px;text-align:left;">\n<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"\
><tr><td class="" style="vertical-align:top;width:608px;" ><![endif]-->\n<div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;\
text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;">\n<table border="0" cellpadding="0" cellspacing="0" role="presentation"\
 width="100%">\n<tbody>\n<tr>\n<td style="vertical-align:top;padding:0;">\n<table border="0" cellpadding="0" cellspacing="0" role="presentation"\
 style width="100%">\n<tbody>\n<tr>\n<td align="left" class="muted" style="font-size:0px;padding:0 0 4px;word-break:break-word;">\n<div style="\
font-family:inherit;font-size:16px;line-height:${leading};text-align:left;color:#465662;"><p style="margin:0">${context}</p></div>\n</td>\n</tr>\n<tr>\n\
<td align="left" class="text" style="font-size:0px;padding:0 0 16px;word-break:break-word;">\n<div style="font-family:inherit;font-size:28px;\
font-weight:700;line-height:${titleLeading};text-align:left;color:#13202a;"><h1 style="margin:0;font-size:28px">${title}</h1></div>\n</td>\n</tr>\n\
${blocks}\n</tbody>\n</table>\n</td>\n</tr>\n</tbody>\n</table>\n</div>\n<!--[if mso | IE]></td></tr></table><![endif]-->\n</td>\n</tr>\n</tbody>\n\
</table>\n</div>\n<!--[if mso | IE]></td></tr></table><table align="center" border="0" cellpadding="0" cellspacing="0" class="" role="presentation"\
 style="width:640px;" width="640" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->\n<div style="margin:0px auto;\
max-width:640px;">\n<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;">\n<tbody>\n<tr>\n<td style="\
direction:ltr;font-size:0px;padding:16px;text-align:left;">\n<!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"\
><tr><td class="" style="vertical-align:top;width:608px;" ><![endif]-->\n<div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;\
text-align:left;direction:ltr;display:inline-block;vertical-align:top;width:100%;">\n<table border="0" cellpadding="0" cellspacing="0" role="presentation"\
 width="100%">\n<tbody>\n<tr>\n<td style="vertical-align:top;padding:0;">\n<table border="0" cellpadding="0" cellspacing="0" role="presentation"\
 style width="100%">\n<tbody>\n<tr>\n<td align="left" class="muted" style="font-size:0px;padding:0;word-break:break-word;">\n<div style="\
font-family:inherit;font-size:14px;line-height:${leading};text-align:left;color:#465662;">${footer.map(({ text, links }) => html`<p style="margin:0 0 8px"\
>${text}${links.map(({ url, label }) => html`<br><a class="link" href="${url}" style="color: #0b5a69;">${label}</a>`)}</p>`)}</div>\n</td>\n</tr>\n\
</tbody>\n</table>\n</td>\n</tr>\n</tbody>\n</table>\n</div>\n<!--[if mso | IE]></td></tr></table><![endif]-->\n</td>\n</tr>\n</tbody>\n</table>\n</div>\n\
<!--[if mso | IE]></td></tr></table><![endif]-->\n</div>\n</body>\n</html>\n`;

export const link = ({ leading, url, label }: { readonly leading: Text; readonly url: Text; readonly label: Text }): Html => html`<tr>\n<td align="left"\
 class="text" style="font-size:0px;padding:0 0 24px;word-break:break-word;">\n<div style="font-family:inherit;font-size:18px;line-height:${leading};\
text-align:left;color:#13202a;"><p style="margin:0"><a class="link" href="${url}" style="color: #0b5a69;">${label}</a></p></div>\n</td>\n</tr>\n`;

export const mailto = ({ leading, address }: { readonly leading: Text; readonly address: Text }): Html => html`<tr>\n<td align="left" class="text" style="\
font-size:0px;padding:0 0 16px;word-break:break-word;">\n<div style="font-family:inherit;font-size:18px;line-height:${leading};text-align:left;\
color:#13202a;"><p style="margin:0"><a class="link" href="mailto:${address}" style="color: #0b5a69;">${address}</a></p></div>\n</td>\n</tr>\n`;

export const paragraph = ({ leading, text }: { readonly leading: Text; readonly text: Markup }): Html => html`<tr>\n<td align="left" class="text" style="\
font-size:0px;padding:0 0 16px;word-break:break-word;">\n<div style="font-family:inherit;font-size:18px;line-height:${leading};text-align:left;\
color:#13202a;"><p style="margin:0;white-space:pre-line">${text}</p></div>\n</td>\n</tr>\n`;

export const picture = ({ leading, contentId, alt, side }: { readonly leading: Text; readonly contentId: Text; readonly alt: Text;
 readonly side: Text }): Html => html`<tr>\n<td align="left" class="text" style="font-size:0px;padding:0 0 16px;word-break:break-word;">\n<div style="\
font-family:inherit;font-size:18px;line-height:${leading};text-align:left;color:#13202a;"><img src="cid:${contentId}" alt="${alt}" width="${side}"\
 height="${side}" style="display:block;width:${side}px;max-width:100%;height:auto;border:0;background:#ffffff;color:#000000"></div>\n</td>\n</tr>\n`;
