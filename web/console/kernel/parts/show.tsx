import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useAct, useDesk, useRead } from '../../desk.ts';
import { t } from '../../words.ts';
import { isProblem } from '../api.ts';
import { Button } from './buttons.tsx';
import { FailureNote, focusTitleOwed } from './page.tsx';
import { type Loading, useLoaded } from './request.ts';

interface ShowProps<T> {
  readonly of: Loading<T>;
  readonly children: (value: T) => ComponentChildren;
}

/** What was read, or where it should be: lines that appear after 300 ms (by CSS), or what went wrong. */
export function Show<T>({ of: { loaded, reload }, children }: ShowProps<T>) {
  if (loaded.state === 'ready') return <>{children(loaded.value)}</>;
  if (loaded.state === 'failed' && isProblem(loaded.error, 'why-needed')) return <AskWhy onSaid={reload} />;
  if (loaded.state === 'failed') {
    return (
      <>
        <FailureNote error={loaded.error} />
        <Button kind="second" onPress={reload}>
          {t('common.tryAgain')}
        </Button>
      </>
    );
  }
  // By its key no element of what is read takes its place, and moves from there.
  return <Skeleton key="skeleton" />;
}

function Skeleton() {
  useTitleOnceGone();
  return (
    <div class="skeleton" role="status">
      <span class="unseen">{t('common.loading')}</span>
      <i />
      <i />
      <i />
    </div>
  );
}

/** A title below is not seen meanwhile, and cannot have the focus. */
function useTitleOnceGone(): void {
  // It is gone from the page right after.
  useEffect(() => () => void setTimeout(focusTitleOwed), []);
}

/** Where a note may come: what is below is shown once it is known whether it does, and half a second later at the latest (by CSS). */
export function Awaited() {
  useTitleOnceGone();
  return <div class="awaited" />;
}

/** Looks again every so many milliseconds while the page is seen, and at once when it is seen again. One look at a time. */
function useEvery(milliseconds: number, look: () => Promise<void>): void {
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isLooking = false;
    let isOver = false;
    const again = async (): Promise<void> => {
      clearTimeout(timer);
      if (isLooking || isOver) return;
      isLooking = true;
      if (document.visibilityState === 'visible') await latest.current();
      isLooking = false;
      if (!isOver) timer = setTimeout(again, milliseconds);
    };
    const seen = (): void => {
      if (document.visibilityState === 'visible') void again();
    };
    timer = setTimeout(again, milliseconds);
    document.addEventListener('visibilitychange', seen);
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [milliseconds]);
}

/** Milliseconds within which a screen follows what happens at the doors. */
const LIVE = 5000;

export interface Live<T> extends Loading<T> {
  /** Whether the last look failed, and what is shown is from before. */
  readonly isOld: boolean;
}

/**
 * `useRead` that looks again by itself. What was read once stays where a later look fails, but not where it is refused: a member whose role
 * was taken back sees no more, and what was removed has no numbers.
 *
 * @param every milliseconds
 */
export function useLive<T>(key: string, load: () => Promise<T>, every = LIVE): Live<T> {
  const read = useRead(key, load);
  const latest = useRef<Loading<T>['loaded']>(read.loaded);
  if (read.loaded.state === 'ready') latest.current = read.loaded;
  useEvery(every, read.reload);
  const isOld = read.loaded.state === 'failed' && latest.current.state === 'ready' && !isRefused(read.loaded.error);
  return { ...read, loaded: isOld ? latest.current : read.loaded, isOld };
}

/** Whether there is no such thing as an address names: none is called so, or nothing can be. */
export const isMissing = ({ loaded }: Pick<Loading<unknown>, 'loaded'>): boolean =>
  loaded.state === 'failed' && (isProblem(loaded.error, 'not-found') || isProblem(loaded.error, 'invalid-input'));

const isRefused = (error: unknown): boolean => isProblem(error, 'not-permitted') || isProblem(error, 'not-found');

interface ReadAgainProps {
  readonly label: string;
  readonly reload: () => Promise<void>;
  /** What is said once it was read. */
  readonly told: string;
}

/** Reads anew what a screen shows, for a member who leaves it open. */
export function ReadAgain({ label, reload, told }: ReadAgainProps) {
  const { tell } = useDesk();
  const { busy, run } = useAct();
  const read = async (): Promise<void> => {
    await reload();
    tell(told);
  };
  return (
    <Button kind="second" busy={busy} onPress={() => run(read)}>
      {label}
    </Button>
  );
}

const fetchForm = () => import('../form/why-form.tsx').then(({ WhyForm }) => WhyForm);

/** Asked once per sitting, when the first record of someone under 18 is opened (CS14). Few see its form, which is fetched then. */
function AskWhy({ onSaid }: { readonly onSaid: () => Promise<void> }) {
  const { onSignedOut } = useDesk();
  const { loaded } = useLoaded('', fetchForm, onSignedOut);
  if (loaded.state === 'failed') return <FailureNote error={loaded.error} />;
  if (loaded.state !== 'ready') return null;
  const Form = loaded.value;
  return <Form onSaid={onSaid} />;
}
