import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CheckinTranslate } from '../../../shared/kernel/i18n/words.ts';
import { QUIET_ZONE, qrPath } from '../../../shared/ticket/qr-path.ts';
import { displayTicketId } from '../../../shared/ticket/ticket.ts';
import { useApp } from '../app-context.ts';
import type { AttendeeAtDoor, ScanOutcome } from '../engine/engine.ts';
import { mayLetIn, undoable } from '../engine/outcome.ts';
import { SyncState } from '../parts/sync.tsx';
import { useNow } from '../times.ts';
import { roleName, textFor } from '../words.ts';
import type { Tone } from './face.ts';
import type { ScanDesk, ShownVerdict } from './use-desk.ts';

/** Letters of a reason that are kept. */
const LONGEST = 200;

/** A person's decision against what the phone says; without a ticket it is a desk's, and says why (CI14). */
function LetIn({ desk, shown: { outcome } }: { readonly desk: ScanDesk; readonly shown: ShownVerdict }) {
  const { t, snapshot } = useApp();
  const [isAsked, setAsked] = useState(false);
  const may = mayLetIn(outcome, snapshot.door, snapshot.device?.maySearch === true);
  if (may === 'no' || snapshot.direction === 'out') return null;
  if (!isAsked) {
    const press = may === 'yes' ? () => desk.letInAnyway() : () => setAsked(true);
    return (
      <button type="button" class="second" onClick={press}>
        {may === 'with-reason'
          ? t('verdict.withReason')
          : t(snapshot.door?.handout === undefined ? 'verdict.anyway' : 'handout.anyway')}
      </button>
    );
  }
  const decide = (event: SubmitEvent): void => {
    event.preventDefault();
    desk.letInAnyway(`${new FormData(event.currentTarget as HTMLFormElement).get('reason') ?? ''}`);
  };
  return (
    <form onSubmit={decide}>
      <label for="reason">{t('verdict.reason')}</label>
      <input
        id="reason"
        name="reason"
        required
        maxLength={LONGEST}
        autocomplete="off"
        ref={(field) => field?.focus()}
      />
      <button type="submit" class="second">
        {t('verdict.withReason')}
      </button>
    </form>
  );
}

/** Drawn in a square of 24: a tick, a question mark, a cross. They differ in shape, not in colour alone. */
const STROKES: Readonly<Record<Tone, string>> = {
  go: 'M5 13l5 5L19.500 7',
  ask: 'M8 8.500a4 4 0 1 1 5.600 3.700C12.300 12.900 12 13.600 12 15M12 18.800v.400',
  stop: 'M6.500 6.500l11 11M17.500 6.500l-11 11',
};

function Sign({ name }: { readonly name: Tone }) {
  return (
    <svg class="sign" viewBox="0 0 24 24" aria-hidden="true">
      <path
        d={STROKES[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="3"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

const LEAVING = {
  'wards-inside': 'verdict.leavesAnyway',
  'not-out': 'handout.backAnyway',
  given: 'handout.takeBack',
} as const;

/** What staff may say of an attendee who is about to leave and for whom more counts than that: a press notes them as gone (CS24). */
function Leave({ desk, shown: { outcome } }: { readonly desk: ScanDesk; readonly shown: ShownVerdict }) {
  const { t } = useApp();
  const { kind } = outcome;
  if (kind === 'wards-inside' || kind === 'not-out' || (kind === 'given' && outcome.isOut)) {
    return (
      <button type="button" class="second" onClick={() => desk.leave()}>
        {t(LEAVING[kind])}
      </button>
    );
  }
  if (outcome.kind !== 'ask-companion') return null;
  return outcome.mayBe.map((companion) => (
    <button key={companion} type="button" class="second" onClick={() => desk.leave(companion)}>
      {companion === 'chaperone'
        ? t('verdict.companions.chaperone', { name: outcome.person.chaperone ?? '' })
        : t(`verdict.companions.${companion}`)}
    </button>
  ));
}

/** Fills the screen: colour, sign and one word, then who it is, then what to do, then what else is known; buttons where the thumb is. */
export function VerdictScreen({ desk, shown }: { readonly desk: ScanDesk; readonly shown: ShownVerdict }) {
  const { t } = useApp();
  const { outcome, face, number } = shown;
  const next = useRef<HTMLButtonElement>(null);
  // Each verdict is one to be heard, also where it looks like the one before.
  useLayoutEffect(() => next.current?.focus(), [number]);
  const { tone, word, person, what, advice } = face;
  return (
    <section
      class={`verdict ${tone}`}
      role="alertdialog"
      aria-modal="true"
      aria-labelledby="word"
      aria-describedby="matter"
    >
      <div class="told">
        <h1 id="word" class="word">
          <Sign name={tone} />
          {word}
        </h1>
        <div id="matter">
          <Who person={person} outcome={outcome} what={what} />
          {advice.map((line) => (
            <p key={line} class="advice">
              {line}
            </p>
          ))}
          {person && <Facts person={person} />}
        </div>
        <SyncState />
      </div>
      <div class="presses">
        <LetIn key={number} desk={desk} shown={shown} />
        <Leave desk={desk} shown={shown} />
        <Undo key={number} outcome={outcome} onUndo={desk.undo} />
        <button ref={next} type="button" class="main" onClick={desk.next}>
          {outcome.kind === 'ask-companion' ? t('verdict.stays') : t('verdict.next')}
        </button>
      </div>
    </section>
  );
}

/**
 * A walk-in's ticket above its characters, to be photographed with their own phone: its id alone, as on badges. A phone signs nothing, so
 * that it counts for what the rosters of other doors know of it. What draws it is fetched here: few phones enter anybody.
 */
function WalkInTicket({ id }: { readonly id: string }) {
  const { t } = useApp();
  const [drawn, setDrawn] = useState<{ readonly path: string; readonly side: number }>();
  useEffect(() => {
    import('uqr').then(
      ({ encode }) => {
        const { data } = encode(id, { ecc: 'M', border: 0 });
        setDrawn({ path: qrPath(data), side: data.length + 2 * QUIET_ZONE });
      },
      // Its characters stand below.
      () => undefined,
    );
  }, [id]);
  return (
    <>
      {drawn && (
        <svg
          class="qr"
          viewBox={`0 0 ${drawn.side} ${drawn.side}`}
          role="img"
          aria-label={t('verdict.qr')}
          shape-rendering="crispEdges"
        >
          <path fill="#fff" d={`M0 0h${drawn.side}v${drawn.side}H0z`} />
          <path fill="#000" d={drawn.path} />
        </svg>
      )}
      <p class="code">{displayTicketId(id)}</p>
    </>
  );
}

/** What staff do besides, for this person: nothing of it for someone who is not let in. */
export function flagsOf(person: AttendeeAtDoor, { kind }: ScanOutcome, t: CheckinTranslate): readonly string[] {
  if (kind === 'refuse' || kind === 'leave') return [];
  return [
    ...(person.role === 'protocol' ? [t('verdict.protocol')] : []),
    ...(person.isMinor ? [t('verdict.isMinor')] : []),
    ...(person.noPhoto ? [t('verdict.noPhoto')] : []),
    ...(person.askNeeds ? [t('verdict.askNeeds')] : []),
  ];
}

interface WhoProps {
  readonly person: AttendeeAtDoor | undefined;
  readonly outcome: ScanOutcome;
  readonly what: string | undefined;
}

/** The name as on the badge, in letters that are read at arm's length, and what a door has to do for them. */
function Who({ person, outcome, what }: WhoProps) {
  const { t } = useApp();
  if (person === undefined) return <p class="name">{what}</p>;
  const { name } = person;
  return (
    <>
      {/* What is the matter comes first: a name may be as long as the screen is. Where there is no name, it stands in its place. */}
      {name !== undefined && what !== undefined && <p class="what">{what}</p>}
      {outcome.kind === 'let-in' && outcome.ticketId !== undefined && <WalkInTicket id={outcome.ticketId} />}
      <p class="name">{name ?? what ?? t('verdict.noName')}</p>
      <ul class="flags">
        {flagsOf(person, outcome, t).map((flag) => (
          <li key={flag}>{flag}</li>
        ))}
      </ul>
    </>
  );
}

/** What tells people of one name apart. */
function Facts({ person: { organisation, category, role } }: { readonly person: AttendeeAtDoor }) {
  const { t, language, snapshot } = useApp();
  const group = snapshot.setup?.event.categories.find(({ id }) => id === category);
  const facts = [organisation, group && textFor(group.name, language), roleName(role, t)];
  return <p class="fact">{facts.filter((fact) => fact !== undefined).join('\u00a0· ')}</p>;
}

const SECOND = 1000;

interface UndoProps {
  readonly outcome: ScanOutcome;
  readonly onUndo: (scanIds: readonly string[]) => void;
}

/** Takes back what was noted, for as long as that is possible: of a chaperone also that those whom they took along have left. */
export function Undo({ outcome, onUndo }: UndoProps) {
  const { phone, t } = useApp();
  const now = useNow(phone.now, SECOND);
  const scans = undoable(outcome).filter(({ canUndoUntil }) => now < canUndoUntil);
  if (scans.length === 0) return null;
  return (
    <button type="button" class="second" onClick={() => onUndo(scans.map(({ scanId }) => scanId))}>
      {labelOf(outcome, scans.length, t)}
    </button>
  );
}

function labelOf(outcome: ScanOutcome, scans: number, t: CheckinTranslate): string {
  if (outcome.kind === 'wards-inside') return t('verdict.undoAlong', { people: scans });
  return scans === 1 ? t('verdict.undo') : t('verdict.undoTogether', { people: scans });
}
