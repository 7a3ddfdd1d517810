import { useEffect, useRef, useState } from 'preact/hooks';
import { navigate, type PageQuery, registrationAddress } from '../addresses.ts';
import { useAct, useDesk, useHas } from '../desk.ts';
import { Disclosure } from '../kernel/parts/buttons.tsx';
import { t } from '../words.ts';
import { type DecisionKind, takeLastBack, useDecideOne } from './held.tsx';
import type { KnownPerson } from './people.ts';
import { useSelection } from './selection.tsx';

const KEY = 'plenary.keys';
const OFF = 'off';

/** Browsers that keep nothing throw as soon as it is named: keys are on there. */
function areOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== OFF;
  } catch {
    return true;
  }
}

function switchKeys(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, OFF);
  } catch {
    // Closed to this page: it is forgotten when the page is left.
  }
}

/** By the place of a key, which is the same in every layout. */
const ACTIONS = {
  KeyJ: 'next',
  KeyK: 'previous',
  KeyX: 'choose',
  KeyO: 'open',
  KeyA: 'approve',
  KeyD: 'decline',
  KeyZ: 'takeBack',
} as const;
type Action = (typeof ACTIONS)[keyof typeof ACTIONS];

const DECIDES: readonly Action[] = ['approve', 'decline', 'takeBack'];

/** Places of keys, and what each does there. */
type Keys<Action extends string> = Readonly<Record<string, Action>>;

export function ListKeys() {
  const decides = useHas('decide');
  const shown = Object.entries(ACTIONS).filter(([, action]) => decides || !DECIDES.includes(action));
  return <KeysShown keys={Object.fromEntries(shown)} explain={t('keys.explain')} />;
}

interface KeysShownProps {
  readonly keys: Keys<Action>;
  /** When they work. */
  readonly explain: string;
}

/** The keys of a screen, shown by a press, and a box that switches them off in this browser (WCAG 2.1.4). */
export function KeysShown({ keys, explain }: KeysShownProps) {
  const [isOn, setIsOn] = useState(areOn);
  return (
    <Disclosure label={t('keys.title')}>
      {() => (
        <>
          <label class="check">
            <input
              type="checkbox"
              checked={isOn}
              onChange={(press) => {
                switchKeys(press.currentTarget.checked);
                setIsOn(press.currentTarget.checked);
              }}
            />
            {t('keys.on')}
          </label>
          <p>{explain}</p>
          <dl class="keys">
            {Object.entries(keys).map(([code, action]) => (
              <div key={code}>
                <dt>
                  <kbd>{code.replace('Key', '')}</kbd>
                </dt>
                <dd>{t(`keys.${action}`)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Disclosure>
  );
}

/** Milliseconds within which a decision is pressed twice. */
const TWICE = 5_000;

interface Asks {
  readonly reference: string;
  readonly decision: 'approve' | 'decline';
  readonly words: string;
}

/** What is typed there is a letter, and no key of the list. */
const isTyped = (target: Element): boolean => target.matches('input:not([type="checkbox"]), select, textarea');

/** What a key does that was pressed alone, where keys are on and nothing is typed; nothing where it is none of these. */
export function keyOf<Action extends string>(pressed: KeyboardEvent, keys: Keys<Action>): Action | undefined {
  const { code, target } = pressed;
  if (!areOn() || !(target instanceof Element) || isTyped(target)) return undefined;
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || pressed.shiftKey || pressed.repeat) return undefined;
  return Object.hasOwn(keys, code) ? keys[code] : undefined;
}

/** Decisions by a key are pressed twice. */
export function useSecondPress() {
  const [asks, setAsks] = useState<Asks>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const ask = (next: Asks | undefined): void => {
    clearTimeout(timer.current);
    setAsks(next);
    if (next) timer.current = setTimeout(() => setAsks(undefined), TWICE);
  };
  return {
    asks,
    forget: () => ask(undefined),
    /** @returns whether it was the second press, which decides */
    press(
      { reference, fullName: name }: Pick<KnownPerson, 'reference' | 'fullName'>,
      decision: Asks['decision'],
    ): boolean {
      const isSecond = asks?.reference === reference && asks.decision === decision;
      ask(isSecond ? undefined : { reference, decision, words: t(`keys.again.${decision}`, { name }) });
      return isSecond;
    },
  };
}

/** @param list how the list was found: the way back from a person leads there @returns what the rows listen to, and what waits for a second press */
export function useRowKeys(rows: readonly KnownPerson[], list: PageQuery) {
  const { event, tell, people } = useDesk();
  const selection = useSelection();
  const decides = useHas('decide');
  const decide = useDecideOne();
  const { busy, run } = useAct();
  const { asks, forget, press: pressTwice } = useSecondPress();
  const decideOn = (person: KnownPerson, kind: DecisionKind): Promise<void> =>
    run(async () => {
      const name = person.fullName;
      const outcome = await decide(kind, person).catch((error) => {
        tell(t('keys.notHere', { name }), 'warn');
        throw error;
      });
      people.look();
      if (outcome === undefined) tell(t('decide.underWay'), 'warn');
      else if (outcome === 'waits') tell(t('decide.waitlisted', { name }));
      else if (outcome === 'done') tell(t(kind === 'decline' ? 'decide.declined' : 'decide.approved', { name }));
      else tell(t('keys.notHere', { name }), 'warn');
    });
  const press = (person: KnownPerson, decision: Asks['decision']): void => {
    if (pressTwice(person, decision) && !busy) void decideOn(person, decision);
  };

  return {
    asks,
    onKeyDown: (pressed: KeyboardEvent & { readonly currentTarget: HTMLElement }): void => {
      const { target, currentTarget: body } = pressed;
      const action = keyOf(pressed, ACTIONS);
      const lines = [...body.children];
      const place = lines.findIndex((line) => target instanceof Node && line.contains(target));
      const person = rows[place];
      const isKey = action !== undefined && person !== undefined && (decides || !DECIDES.includes(action));
      if (action !== 'approve' && action !== 'decline') forget();
      if (!isKey) return;
      pressed.preventDefault();
      const go = (to: number): void => lines[to]?.querySelector<HTMLElement>('th a')?.focus();
      const act: Readonly<Record<Action, () => void>> = {
        next: () => go(place + 1),
        previous: () => go(place - 1),
        choose: () => selection.choose([person], !selection.isChosen(person)),
        open: () => navigate(registrationAddress(event.id, person.reference, list)),
        approve: () => press(person, 'approve'),
        decline: () => press(person, 'decline'),
        takeBack: takeLastBack,
      };
      act[action]();
    },
  };
}
