import { useEffect, useState } from 'preact/hooks';
import { useApp } from './app-context.ts';
import { EnrolmentError } from './engine/engine.ts';
import { enrolmentCode, takeCode } from './enrolment-code.ts';

export interface Enrolment {
  /** A code that was opened as a link, and not taken yet: that needs a press, since programs open links too. */
  readonly code: string | undefined;
  readonly isBusy: boolean;
  /** Why it did not work. */
  readonly problem: EnrolmentError['why'] | 'not-a-code' | undefined;
  /** @param text a link, or a code */
  readonly take: (text: string) => void;
  /** Leaves the code that was opened. */
  readonly leave: () => void;
}

/** Becoming a device: from a link that was opened, or a code that was scanned or pasted. */
export function useEnrolment(opened: string | undefined): Enrolment {
  const { engine } = useApp();
  const [code, setCode] = useState(opened);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Enrolment['problem']>();

  const take = (text: string): void => {
    const wanted = enrolmentCode(text);
    if (wanted === undefined) {
      setProblem('not-a-code');
      return;
    }
    setBusy(true);
    setProblem(undefined);
    engine
      .enrol(wanted)
      .then(() => setCode(undefined))
      .catch((error: unknown) => setProblem(error instanceof EnrolmentError ? error.why : 'server'))
      .finally(() => setBusy(false));
  };
  // A link that is opened while the app is open changes only what stands behind the #.
  useEffect(() => {
    const onLink = (): void => {
      const next = takeCode();
      if (next !== undefined) setCode(next);
    };
    addEventListener('hashchange', onLink);
    return () => removeEventListener('hashchange', onLink);
  }, []);
  return { code, isBusy, problem, take, leave: () => setCode(undefined) };
}
