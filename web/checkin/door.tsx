import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useApp } from './app-context.ts';
import { LineField } from './parts/line-field.tsx';
import { ChooseList } from './screens/choose-list.tsx';
import { ScanScreen } from './screens/scan.tsx';
import { SearchScreen } from './screens/search.tsx';
import { SettingsScreen } from './screens/settings.tsx';
import { WalkInScreen } from './screens/walk-in.tsx';
import { focusTitle, type Screens, SubScreen, useScreen } from './sub-screen.tsx';
import { type ScanDesk, useScanDesk } from './verdict/use-desk.ts';
import { VerdictScreen } from './verdict/verdict.tsx';

/** What stands below a ticket's square, for codes that no camera reads. */
function TypeCode({ desk, screens }: { readonly desk: ScanDesk; readonly screens: Screens }) {
  const { t } = useApp();
  const field = useRef<HTMLInputElement>(null);
  const [isEmpty, setEmpty] = useState(false);
  const check = (event: SubmitEvent): void => {
    event.preventDefault();
    const typed = field.current?.value.trim() ?? '';
    setEmpty(typed === '');
    if (typed === '') field.current?.focus();
    else desk.read(typed);
  };
  return (
    <SubScreen title={t('typed.title')} screens={screens}>
      <form onSubmit={check} noValidate>
        <LineField
          {...{ field, id: 'code', label: t('typed.label'), hint: t('typed.hint') }}
          problem={isEmpty ? t('typed.empty') : ''}
          autocapitalize="characters"
        />
        <button type="submit">{t('typed.check')}</button>
      </form>
      <p role="status">{desk.note}</p>
    </SubScreen>
  );
}

/** Milliseconds between two keys of a scanner at most: nobody types so fast for long. */
const GAP = 60;
/** Keys after which it is a scanner for certain. */
const CERTAIN = 6;

/** What came from the keys so far. */
interface Typed {
  readonly text: string;
  /** When the last key came: milliseconds, by any clock that only runs. */
  readonly at: number;
}

interface Step {
  readonly typed: Typed;
  /** What a scanner read: it ends with Enter. */
  readonly text?: string;
  /** The key belongs to a scanner, and is to do nothing else: Enter and space would press whatever has the focus. */
  readonly isScanner: boolean;
}

export const NOTHING: Typed = { text: '', at: 0 };

/** One more key, of which `key` is the name that browsers give it. */
export function takeKey({ text, at }: Typed, key: string, now: number): Step {
  const isFast = text !== '' && now - at <= GAP;
  if (key === 'Enter') {
    const isScan = isFast && text.length >= CERTAIN;
    return { typed: NOTHING, isScanner: isScan, ...(isScan && { text }) };
  }
  // Shift and its kind come between the letters of a scanner, and are none.
  if ([...key].length !== 1) return { typed: { text, at }, isScanner: false };
  const typed = { text: isFast ? text + key : key, at: now };
  return { typed, isScanner: typed.text.length >= CERTAIN };
}

/**
 * Hears scanners that type like a keyboard, wherever the focus is. In a field, letters of a scanner are typed as by hand, but its Enter
 * is not: it would send the form.
 *
 * @returns what ends it
 */
function listenToKeys(onText: (text: string) => void): () => void {
  let typed = NOTHING;
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const step = takeKey(typed, event.key, event.timeStamp);
    typed = step.typed;
    if (step.isScanner && (step.text !== undefined || !isField(event.target))) {
      event.preventDefault();
      event.stopPropagation();
    }
    if (step.text !== undefined) onText(step.text);
  };
  addEventListener('keydown', onKey, { capture: true });
  return () => removeEventListener('keydown', onKey, { capture: true });
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select');

/**
 * Keeps the screen on while people are scanned. Browsers let go whenever the page is out of sight.
 *
 * @returns what ends it
 */
function stayAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let isEnded = false;
  const ask = async (): Promise<void> => {
    if (isEnded || document.visibilityState !== 'visible') return;
    // Refused where the battery is low: the screen then goes off as ever.
    lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
    if (isEnded) await lock?.release();
  };
  const onVisible = (): void => {
    ask().catch(() => {});
  };
  onVisible();
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    isEnded = true;
    document.removeEventListener('visibilitychange', onVisible);
    lock?.release().catch(() => {});
  };
}

/** A device at its door: a scanner with keys is heard on every screen, and a verdict fills whichever is open. */
export function DoorScreen() {
  const { snapshot } = useApp();
  const desk = useScanDesk();
  const screens = useScreen();
  useScannerKeys(desk);
  useEffect(stayAwake, []);
  // What was found stays where it is.
  useLayoutEffect(() => focusTitle({ preventScroll: true }), [desk.shown, desk.last]);
  if (snapshot.door === undefined && screens.screen !== 'settings') return <ChooseList screens={screens} />;
  const { shown } = desk;
  return (
    <>
      <div class="behind" inert={shown !== undefined}>
        <Open desk={desk} screens={screens} />
      </div>
      {shown !== undefined && <VerdictScreen desk={desk} shown={shown} />}
      <p class="unseen" aria-live="assertive">
        {shown !== undefined && `${shown.face.word}. ${shown.face.person?.name ?? ''} ${shown.face.what ?? ''}`}
      </p>
    </>
  );
}

function Open({ desk, screens }: { readonly desk: ScanDesk; readonly screens: Screens }) {
  switch (screens.screen) {
    case 'scan':
      return <ScanScreen desk={desk} screens={screens} />;
    case 'lists':
      return <ChooseList screens={screens} />;
    case 'typed':
      return <TypeCode desk={desk} screens={screens} />;
    case 'search':
      return <SearchScreen desk={desk} screens={screens} />;
    case 'walk-in':
      return <WalkInScreen desk={desk} screens={screens} />;
    case 'settings':
      return <SettingsScreen screens={screens} />;
  }
}

function useScannerKeys({ read }: ScanDesk): void {
  const { snapshot } = useApp();
  const hear = useRef(read);
  hear.current = read;
  const hasDoor = snapshot.door !== undefined;
  // Before the door is drawn: staff who see it may scan.
  useLayoutEffect(() => (hasDoor ? listenToKeys((text) => hear.current(text)) : undefined), [hasDoor]);
}
