import { useEffect, useRef, useState } from 'preact/hooks';
import { useAct, useDesk } from '../desk.ts';
import { Button } from '../kernel/parts/buttons.tsx';
import { FailureNote } from '../kernel/parts/page.tsx';
import { languageText } from '../names.ts';
import { t } from '../words.ts';
import type { Draft, Preview } from './audience.tsx';

/** What stands in the frame until the mail does: scripts never run in it, and links lead nowhere. */
const BLANK = '<!doctype html><title></title>';

/**
 * The HTML of a mail in a sandbox. The console's own content security policy holds there too and takes no inline styles,
 * which mail is made of: they are parsed under another name, and set one by one, as scripts may.
 */
function MailFrame({ html }: { readonly html: string }) {
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
      title={t('messages.frame')}
      sandbox="allow-same-origin"
      srcdoc={BLANK}
      onLoad={() => setReady(true)}
    />
  );
}

function fill(frame: HTMLIFrameElement, html: string): void {
  const { contentDocument: shown, contentWindow } = frame;
  if (shown === null || contentWindow === null) return;
  const mail = new DOMParser().parseFromString(html.replaceAll(' style="', ' data-style="'), 'text/html');
  const rules = [...mail.querySelectorAll('style')].map((style) => style.textContent);
  const { CSSStyleSheet: Sheet } = contentWindow as Window & typeof globalThis;
  const sheet = new Sheet();
  sheet.replaceSync(rules.join('\n'));
  shown.adoptedStyleSheets = [sheet];
  const styled = [...mail.querySelectorAll<HTMLElement>('[data-style]')];
  shown.documentElement.lang = mail.documentElement.lang;
  shown.documentElement.replaceChild(shown.adoptNode(mail.body), shown.body);
  for (const element of styled) element.style.cssText = element.dataset['style'] ?? '';
}

/** As high as what it shows, at any width: nothing has to be scrolled within it. */
function stretch(frame: HTMLIFrameElement): void {
  const height = frame.contentDocument?.body.scrollHeight ?? 0;
  frame.style.blockSize = `${height}px`;
}

interface RenderedProps {
  readonly rendered: Preview['rendered'];
  /** As it was when it was looked at. */
  readonly written: Draft['words'];
}

const FORMS = ['asMail', 'asText'] as const;

/** The mail as it is read, in each language that was written in, and a test of it. */
export function Rendered({ rendered, written }: RenderedProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [language, setLanguage] = useState(rendered[0]?.language);
  const [form, setForm] = useState<(typeof FORMS)[number]>('asMail');
  const shown = rendered.find((each) => each.language === language) ?? rendered[0];
  const said = shown && written[shown.language];
  if (shown === undefined || said === undefined) return null;
  const test = async (): Promise<void> => {
    const { to } = await api('POST /api/organiser/events/{eventId}/messages/test', {
      params: { eventId: event.id },
      body: { language: shown.language, words: said },
    });
    tell(t('messages.tested', { to }));
  };
  return (
    <>
      <div class="buttons">
        <Choose
          label={t('messages.language')}
          of={rendered.map((each) => each.language)}
          chosen={shown.language}
          name={languageText}
          onChoose={setLanguage}
        />
        <Choose
          label={t('messages.form')}
          of={FORMS}
          chosen={form}
          name={(each) => t(`messages.${each}`)}
          onChoose={setForm}
        />
      </div>
      <p lang={shown.language}>
        <strong>{t('messages.subjectIs', { subject: shown.subject })}</strong>
      </p>
      {form === 'asMail' ? (
        <MailFrame html={shown.html} />
      ) : (
        <div class="told plain-mail" lang={shown.language}>
          {shown.text}
        </div>
      )}
      <p class="hint">{t('messages.previewHint')}</p>
      <FailureNote error={error} />
      <p class="buttons">
        <Button kind="second" busy={busy} onPress={() => run(test)}>
          {t('messages.test')}
        </Button>
      </p>
    </>
  );
}

interface ChooseProps<T extends string> {
  readonly label: string;
  readonly of: readonly T[];
  readonly chosen: T;
  readonly name: (each: T) => string;
  readonly onChoose: (each: T) => void;
}

/** One of a few, shown at once. */
export const Choose = <T extends string>({ label, of, chosen, name, onChoose }: ChooseProps<T>) => (
  <fieldset class="choose">
    <legend class="unseen">{label}</legend>
    {of.map((each) => (
      <button key={each} type="button" class="second" aria-pressed={each === chosen} onClick={() => onChoose(each)}>
        {name(each)}
      </button>
    ))}
  </fieldset>
);
