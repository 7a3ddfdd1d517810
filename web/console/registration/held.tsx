import { useEffect, useRef, useState } from 'preact/hooks';
import type { OrganiserRegistration } from '../../../shared/registration/list/registrations.schema.ts';
import { useDesk } from '../desk.ts';
import { type AnswerOf, isProblem } from '../kernel/api.ts';
import { Button, Confirmation } from '../kernel/parts/buttons.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import { t } from '../words.ts';
import type { OneProps } from './person/one.ts';

const ROUTE = 'POST /api/organiser/events/{eventId}/bulk';
const LEAVE = 'POST /api/organiser/events/{eventId}/bulk/{bulkId}/leave';
type Result = AnswerOf<typeof ROUTE>;
export type DecisionKind = 'approve' | 'decline' | 'take-back' | 'cancel';

const ID_BYTES = 16;

/** 128 random bits, base64url. */
export function newBulkId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** A decision whose mail has not left. */
interface HeldDecision {
  readonly id: string;
  readonly eventId: string;
  readonly kind: DecisionKind;
  /** Epoch milliseconds, by the clock of this machine: when its mail leaves. */
  readonly until: number;
}

/** In this tab, so that who comes back to the page, or loads it anew, can take it back: ids of decisions, and nothing of people. */
const KEY = 'plenary.held';
const CHANGED = 'plenary.held-changed';
/** Of whom each decision is: in memory alone. */
const names = new Map<string, string>();

function heldAt(now: number): readonly HeldDecision[] {
  const all = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as readonly HeldDecision[];
  return all.filter(({ until }) => until > now);
}

function keep(all: readonly HeldDecision[]): void {
  if (all.length === 0) sessionStorage.removeItem(KEY);
  else sessionStorage.setItem(KEY, JSON.stringify(all));
  dispatchEvent(new Event(CHANGED));
}

interface Decided {
  readonly reference: string;
  readonly revision: number;
  readonly fullName: string;
}

type Outcome = NonNullable<Result['people']>[number]['outcome'];
interface Why {
  readonly note?: string;
  readonly reason?: string;
  /** Of an approval: not for the closed sessions that they asked for. */
  readonly withoutClosedSessions?: true;
}

/**
 * Decides on one person: it is done at once, and its mail leaves ten seconds later.
 *
 * @returns what became of them; nothing where it is not done yet
 */
export function useDecideOne() {
  const { api, event, now } = useDesk();
  return async (kind: DecisionKind, of: Decided, why: Why = {}): Promise<Outcome | undefined> => {
    const { reference, revision, fullName } = of;
    const id = newBulkId();
    const body = { kind, id, people: [{ reference, revision }], isSingle: true, ...why } as const;
    const pressedAt = now();
    const { people = [], startedAt, leavesAt = startedAt } = await api(ROUTE, { params: { eventId: event.id }, body });
    const outcome = people[0]?.outcome;
    if (outcome === 'done' || outcome === 'waits') {
      names.set(id, fullName);
      // As long as the server waits, by this clock and from the press on: never longer than it is so.
      const until = pressedAt + Date.parse(leavesAt) - Date.parse(startedAt);
      keep([...heldAt(now()), { id, eventId: event.id, kind, until }]);
      // Also from another screen. What was taken back meanwhile, or left already, is not there; where this is not heard, a queue has it leave.
      const leave = (): void => {
        names.delete(id);
        keep(heldAt(now()));
        api(LEAVE, { params: { eventId: event.id, bulkId: id } }).catch(() => undefined);
      };
      setTimeout(leave, until - now());
    }
    return outcome;
  };
}

/** Of the person's page: those under 18, and whom nobody can bring back as they were, are decided on at once. */
export function useDecision(one: OrganiserRegistration) {
  const { api, event } = useDesk();
  const decideOne = useDecideOne();
  const params = { eventId: event.id, reference: one.reference };
  return async (decision: Exclude<DecisionKind, 'cancel'>, why: Why = {}): Promise<OrganiserRegistration> => {
    const outcome = one.ageBand === 'minor' ? undefined : await decideOne(decision, one, why);
    if (outcome === 'done' || outcome === 'waits') {
      return api('GET /api/organiser/events/{eventId}/registrations/{reference}', { params });
    }
    // The same once more says in full why it is refused, and does what cannot wait.
    return api('POST /api/organiser/events/{eventId}/registrations/{reference}/decision', {
      params,
      body: { decision, revision: one.revision, ...why },
    });
  };
}

interface HeldProps {
  /** Reads again what the page shows. */
  readonly onTakenBack: () => void;
}

const SECOND = 1000;
/** As many as stand above one another; of more, the last. */
const MOST_SHOWN = 3;

/** What can still be taken back, at the bottom of the window: it comes and goes without moving anything. */
export function HeldDecisions({ onTakenBack }: HeldProps) {
  const { event, now } = useDesk();
  const read = (): readonly HeldDecision[] => heldAt(now()).filter(({ eventId }) => eventId === event.id);
  const [held, setHeld] = useState(read);
  const [, setTick] = useState(0);
  const bar = useRef<HTMLDivElement>(null);
  const isAny = held.length > 0;
  useEffect(() => {
    const look = (): void => {
      const left = read();
      // A button that goes takes no focus with it.
      const isInside = bar.current?.contains(document.activeElement);
      setHeld(left);
      setTick((tick) => tick + 1);
      if (left.length === 0 && isInside) document.querySelector<HTMLElement>('h1')?.focus();
    };
    addEventListener(CHANGED, look);
    const timer = isAny ? setInterval(look, SECOND / 4) : undefined;
    return () => {
      removeEventListener(CHANGED, look);
      clearInterval(timer);
    };
  }, [isAny]);
  const last = held.at(-1);
  return (
    <>
      <div class="held screen" ref={bar}>
        {held.slice(-MOST_SHOWN).map((each) => (
          <Held key={each.id} held={each} onTakenBack={onTakenBack} />
        ))}
      </div>
      <span class="unseen" role="status">
        {last && t('held.said', { name: nameOf(last) })}
      </span>
    </>
  );
}

const nameOf = ({ id }: HeldDecision): string => names.get(id) ?? t('held.someone');

/** For the key that takes the last one back. */
const LAST = 'held-last';
export const takeLastBack = (): void => [...document.querySelectorAll<HTMLElement>(`.${LAST} button`)].at(-1)?.click();

function Held({ held, onTakenBack }: HeldProps & { readonly held: HeldDecision }) {
  const { api, event, now, tell, people } = useDesk();
  const forget = (): void => {
    names.delete(held.id);
    keep(heldAt(now()).filter(({ id }) => id !== held.id));
  };
  const tooLate = async (): Promise<void> => {
    forget();
    onTakenBack();
  };
  const { busy, change } = useUnlessStale(tooLate, t('bulk.tooLate'), 'changed-meanwhile');
  const name = nameOf(held);
  const takeBack = async (): Promise<void> => {
    const answer = await api('POST /api/organiser/events/{eventId}/bulk/{bulkId}/take-back', {
      params: { eventId: event.id, bulkId: held.id },
    }).catch((error) => {
      if (isProblem(error, 'not-found')) return undefined;
      throw error;
    });
    forget();
    const outcome = answer?.people?.[0]?.outcome;
    if (answer === undefined) tell(t('bulk.tooLate'), 'warn');
    else if (outcome === 'stays') tell(t('held.stays', { name }), 'warn');
    else tell(outcome === undefined ? t('bulk.takingBack') : t('held.takenBack', { name }));
    people.look();
    onTakenBack();
  };
  const seconds = Math.max(1, Math.ceil((held.until - now()) / SECOND));
  return (
    <div class={`${LAST} row`}>
      <p>
        <b>{[names.get(held.id), t(`bulk.do.${held.kind}`)].filter(Boolean).join(': ')}</b>{' '}
        <span role="timer">{t('bulk.leavesIn', { seconds })}</span>
      </p>
      <Button kind="second" busy={busy} label={t('held.takeBack', { name })} onPress={() => void change(takeBack)}>
        {t('bulk.takeBack')}
      </Button>
    </div>
  );
}

/** For someone who is not to come, or asked an organiser to take them off: only who may cancel many may cancel one. */
export function CancelOne({ one, onStale }: OneProps) {
  const { tell, people } = useDesk();
  const { busy, error, change } = useUnlessStale(onStale, t('one.changedMeanwhile'), 'changed-meanwhile');
  const decide = useDecideOne();
  const cancel = async (): Promise<void> => {
    const outcome = await decide('cancel', one);
    await onStale();
    people.look();
    if (outcome === 'done') tell(t('decide.cancelled', { name: one.fullName }));
    else if (outcome === undefined) tell(t('decide.underWay'), 'warn');
    else tell(outcome === 'not-possible' ? t('decide.cancel.chaperone') : t('one.changedMeanwhile'), 'warn');
  };
  return (
    <div class="action">
      <h3>{t('decide.cancel.title')}</h3>
      <p>{t('decide.cancel.explain')}</p>
      <Confirmation
        label={t('decide.cancel')}
        follows={t('decide.cancel.follows')}
        now={t('decide.cancel.now')}
        kind="danger"
        busy={busy}
        error={error}
        onPress={() => change(cancel)}
      />
    </div>
  );
}
