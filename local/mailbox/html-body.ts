import type { Message } from './message.ts';

const NEW_TAB = '<base target="_blank">';

/** The HTML body with its inline images in it, as mail programs show it. */
export function viewableHtml({ html, attachments }: Message): string {
  const images = new Map(attachments.flatMap((part) => (part.cid ? [[part.cid, part] as const] : [])));
  const resolved = html.replace(/\bcid:([^"'\s)>]+)/g, (address, cid: string) => {
    const image = images.get(decodeURIComponent(cid)) ?? images.get(cid);
    return image ? `data:${image.contentType};base64,${image.content.toString('base64')}` : address;
  });
  // Before <head> it would push the page into quirks mode.
  return /<head\b[^>]*>/i.test(resolved) ? resolved.replace(/<head\b[^>]*>/i, `$&${NEW_TAB}`) : NEW_TAB + resolved;
}
