import { useRef, useState } from 'preact/hooks';
import type { Companion } from '../../../shared/checkin/holder.ts';
import { useApp } from '../app-context.ts';
import { type FoundPerson, type ScanOutcome, type TypedWalkIn, WalkInError } from '../engine/engine.ts';
import { enrolmentCode } from '../engine/enrol.ts';
import { undoable } from '../engine/outcome.ts';
import { type Face, faceOf, type Tone } from './face.ts';

/** Milliseconds for which a code has to be out of sight before it counts as shown once more. */
const GONE = 1500;

/** What the camera saw last. */
interface Seen {
  readonly text: string;
  /** Milliseconds, by any clock that only runs. */
  readonly at: number;
}

/** A code that stays before the camera is read many times a second, and is meant once. */
export const isShownAnew = (last: Seen | undefined, { text, at }: Seen): boolean =>
  last === undefined || last.text !== text || at - last.at > GONE;

/** Milliseconds on, off, on. */
const PATTERNS: Readonly<Record<Tone, number[]>> = { go: [60], ask: [120, 80, 120, 80, 120], stop: [600] };

/** Phones that cannot vibrate do not. */
function vibrate(tone: Tone): void {
  navigator.vibrate?.(PATTERNS[tone]);
}

export interface ShownVerdict {
  readonly outcome: ScanOutcome;
  readonly face: Face;
  /** Another one for each outcome. */
  readonly number: number;
}

/** What became of a walk-in who was entered; or the fields that are not as they should be. */
export type WalkInResult = 'noted' | 'not-noted' | WalkInError['fields'];

export interface ScanDesk {
  /** What fills the screen. */
  readonly shown: ShownVerdict | undefined;
  /** The last that can be taken back. */
  readonly last: ShownVerdict | undefined;
  /** What went wrong, or was done, besides. */
  readonly note: string | undefined;
  /** What was typed, photographed, or read by a scanner with keys: staff meant it. */
  readonly read: (text: string) => void;
  /** What the camera sees, many times a second. Resolves when what it came to is shown. */
  readonly see: (text: string) => Promise<void>;
  readonly checkIn: (person: FoundPerson, why?: string) => void;
  readonly walkIn: (typed: TypedWalkIn) => Promise<WalkInResult>;
  readonly letInAnyway: (reason?: string) => void;
  readonly leave: (companion?: Companion) => void;
  readonly undo: (scanIds: readonly string[]) => void;
  readonly next: () => void;
}

/** From what was read to what fills the screen, one after another. */
export function useScanDesk(): ScanDesk {
  const app = useApp();
  const { engine, t } = app;
  const [shown, setShown] = useState<ShownVerdict>();
  const [last, setLast] = useState<ShownVerdict>();
  const [note, setNote] = useState<string>();
  const work = useRef<Promise<void>>(Promise.resolve());
  const busy = useRef(0);
  const seen = useRef<Seen | undefined>(undefined);
  /** The same of what is before the camera while something is asked. */
  const beside = useRef<Seen | undefined>(undefined);
  const number = useRef(0);
  const isPressed = useRef(false);
  // Asked by the camera between two drawings.
  const now = useRef({ app, shown });
  now.current.app = app;

  const show = (next: ShownVerdict | undefined): void => {
    now.current.shown = next;
    setShown(next);
  };
  const tell = (outcome: ScanOutcome): void => {
    const { t: current, snapshot, preferences, phone } = now.current.app;
    const { door, setup } = snapshot;
    const face = faceOf(outcome, { t: current, door, setup, now: engine.now() });
    number.current += 1;
    const next: ShownVerdict = { outcome, face, number: number.current };
    setNote(undefined);
    show(next);
    setLast(undoable(outcome).length > 0 ? next : undefined);
    if (preferences.hasSound) phone.sounds.play(face.tone);
    vibrate(face.tone);
  };
  /** One at a time, in the order in which they came: nothing that was scanned is passed over. */
  const inTurn = (job: () => Promise<void>, failed: string): Promise<void> => {
    busy.current += 1;
    work.current = work.current
      .then(job)
      .catch(() => {
        show(undefined);
        setNote(failed);
        vibrate('stop');
      })
      .finally(() => {
        busy.current -= 1;
      });
    return work.current;
  };
  /** A hand that presses twice meant it once. */
  const press = (job: () => Promise<void>, failed = t('scan.failed')): boolean => {
    if (isPressed.current) return false;
    isPressed.current = true;
    inTurn(job, failed).finally(() => {
      isPressed.current = false;
    });
    return true;
  };
  const decide = (ask: () => Promise<ScanOutcome>): Promise<void> =>
    inTurn(async () => tell(await ask()), t('scan.failed'));

  /** What staff say of the person who is shown: one who was scanned in the meantime is not who was meant. */
  const say = (ask: () => Promise<ScanOutcome>): void => {
    const meant = now.current.shown;
    press(async () => {
      if (now.current.shown === meant) tell(await ask());
    });
  };

  /**
   * Who looks after the one who is asked about shows their ticket: nobody has to press first that they stay. Another's ticket is told to be
   * another's, as it is to keys, fingers and photographs, which `read` hears.
   */
  const seeCompanion = (sight: Seen): Promise<void> => {
    const asked = now.current.shown;
    if (busy.current > 0 || asked?.outcome.kind !== 'ask-companion') return Promise.resolve();
    const isNew = isShownAnew(beside.current, sight);
    beside.current = sight;
    if (!isNew) return Promise.resolve();
    return inTurn(async () => {
      if (now.current.shown !== asked) return;
      const outcome = await engine.readCompanion(sight.text);
      if (outcome === undefined) return;
      seen.current = sight;
      tell(outcome);
    }, t('scan.failed'));
  };

  return {
    shown,
    last,
    note,
    read: (text) => decide(() => engine.read(text)),
    see: async (text) => {
      // A phone that became a device with its camera is still held before the organiser's screen. Typed, such a code is meant.
      if (enrolmentCode(text) !== undefined) return;
      const { shown: open } = now.current;
      const sight = { text, at: performance.now() };
      const isSame = seen.current?.text === text;
      // What asks for a decision stays until it was made; a welcome makes room for the next in the queue.
      const isInTheWay = busy.current > 0 || (open !== undefined && open.face.tone !== 'go');
      const isNew = isShownAnew(seen.current, sight);
      if (isSame || !isInTheWay) seen.current = sight;
      if (isInTheWay) return seeCompanion(sight);
      if (isNew) await decide(() => engine.read(text));
    },
    checkIn: (person, why) => press(async () => tell(await engine.checkIn(person, why))),
    walkIn: (typed) =>
      new Promise((resolve) => {
        const enter = async (): Promise<WalkInResult> => {
          const outcome = await engine.walkIn(typed);
          tell(outcome);
          return outcome.kind === 'let-in' ? 'noted' : 'not-noted';
        };
        const orFields = (error: unknown): WalkInResult => {
          if (error instanceof WalkInError && error.fields.length > 0) return error.fields;
          resolve('not-noted');
          throw error;
        };
        if (!press(() => enter().catch(orFields).then(resolve))) resolve('not-noted');
      }),
    letInAnyway: (reason) => say(() => engine.letInAnyway(reason)),
    leave: (companion) => say(() => engine.leave(companion)),
    undo: (scanIds) =>
      press(async () => {
        await engine.undo(...scanIds);
        const others = (each: ShownVerdict | undefined) => (isOf(each, scanIds) ? undefined : each);
        show(others(now.current.shown));
        setLast(others);
        setNote(t('verdict.undone'));
      }, t('verdict.notUndone')),
    next: () => {
      if (now.current.shown?.outcome.kind === 'ask-companion') void inTurn(() => engine.stays(), t('scan.failed'));
      show(undefined);
      setNote(undefined);
    },
  };
}

const isOf = (shown: ShownVerdict | undefined, scanIds: readonly string[]): boolean =>
  shown !== undefined && undoable(shown.outcome).some(({ scanId }) => scanIds.includes(scanId));
