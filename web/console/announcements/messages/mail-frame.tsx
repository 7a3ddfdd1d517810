import { useEffect, useRef, useState } from 'preact/hooks';
import { words } from '../../words.ts';

/** What stands in the frame until the mail does: scripts never run in it, and links lead nowhere. */
const BLANK = '<!doctype html><title></title>';

/**
 * The HTML of a mail in a sandbox. The console's own content security policy holds there too and takes no inline styles,
 * which mail is made of: they are set one by one, as scripts may.
 */
export function MailFrame({ html }: { readonly html: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => {
    const shown = frame.current;
    if (!ready || shown === null) return undefined;
    fill(shown, html);
    const fitting = new ResizeObserver(() => stretch(shown));
    fitting.observe(shown);
    return () => fitting.disconnect();
  }, [ready, html]);
  return (
    <iframe
      ref={frame}
      class="mail"
      title={words.messages.frame}
      sandbox="allow-same-origin"
      srcdoc={BLANK}
      onLoad={() => setReady(true)}
    />
  );
}

function fill(frame: HTMLIFrameElement, html: string): void {
  const { contentDocument: shown, contentWindow } = frame;
  if (shown === null || contentWindow === null) return;
  const mail = new DOMParser().parseFromString(html, 'text/html');
  const rules = [...mail.querySelectorAll('style')].map((style) => style.textContent);
  const { CSSStyleSheet: Sheet } = contentWindow as Window & typeof globalThis;
  const sheet = new Sheet();
  sheet.replaceSync(rules.join('\n'));
  shown.adoptedStyleSheets = [sheet];
  const styled = [mail.body, ...mail.body.querySelectorAll<HTMLElement>('[style]')].map((element) => {
    const style = element.getAttribute('style') ?? '';
    element.removeAttribute('style');
    return [element, style] as const;
  });
  shown.documentElement.lang = mail.documentElement.lang;
  shown.documentElement.replaceChild(shown.adoptNode(mail.body), shown.body);
  for (const [element, style] of styled) element.style.cssText = style;
}

/** As high as what it shows, at any width: nothing has to be scrolled within it. */
function stretch(frame: HTMLIFrameElement): void {
  const height = frame.contentDocument?.body.scrollHeight ?? 0;
  frame.style.blockSize = `${height}px`;
}
