import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { WITHOUT_TICKET } from '../../../shared/checkin/choices.ts';
import { SEARCH_IDLE } from '../../../shared/checkin/search/search-lock.ts';
import type { SearchLockView } from '../../../shared/kernel/http/problem.schema.ts';
import { asciiDigits } from '../../../shared/kernel/text/text.ts';
import { useApp } from '../app-context.ts';
import { type FoundPerson, SearchError } from '../engine/engine.ts';
import { LineField } from '../parts/line-field.tsx';
import { signUnlock } from '../passkey.ts';
import { type Screens, SubScreen } from '../sub-screen.tsx';
import type { ScanDesk } from '../verdict/use-desk.ts';
import { roleName, textFor } from '../words.ts';
import { HANDING } from './scan.tsx';

/** Letters of what staff type of why someone has no ticket. */
const LONGEST_WHY = 200;

interface UnlockProps {
  readonly lock: SearchLockView;
  /** Searches once more, with what opens it. */
  readonly onUnlock: (unlock: string) => void;
}

/** Opens a desk's search: by the six digits that were shown as the phone was let in, or by its screen lock. */
function Unlock({ lock: { triesLeft, passkey }, onUnlock }: UnlockProps) {
  const { t } = useApp();
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState('');
  useLayoutEffect(() => field.current?.focus(), []);
  const open = (event: SubmitEvent): void => {
    event.preventDefault();
    const digits = asciiDigits(field.current?.value ?? '').replace(/\D/g, '');
    if (digits.length === 6) onUnlock(`code ${digits}`);
    else setProblem(t('unlock.short'));
  };
  const sign = (asked: NonNullable<SearchLockView['passkey']>): void => {
    signUnlock(asked).then(onUnlock, () => setProblem(t('unlock.notSigned')));
  };
  return (
    <form onSubmit={open} noValidate>
      <LineField
        {...{ field, problem, id: 'digits', label: t('unlock.label'), hint: t('unlock.hint', { left: triesLeft }) }}
        inputMode="numeric"
        maxLength={9}
      />
      <button type="submit">{t('unlock.open')}</button>
      {passkey && (
        <button type="button" class="second" onClick={() => sign(passkey)}>
          {t('unlock.passkey')}
        </button>
      )}
    </form>
  );
}

interface OneProps {
  readonly person: FoundPerson;
  readonly onCheckIn: (why?: string) => void;
}

/** Who fits, with what tells people of one name apart. */
function One({ person, onCheckIn }: OneProps) {
  const { snapshot, t, language } = useApp();
  const [isAsked, setAsked] = useState(false);
  const { reference, name, organisation, category, role, isConfirmed, mode, isMinor, unreached } = person;
  const group = snapshot.setup?.event.categories.find(({ id }) => id === category);
  const facts = [
    organisation,
    group && textFor(group.name, language),
    roleName(role, t),
    isMinor && t('verdict.isMinor'),
    isConfirmed ? undefined : t('search.notConfirmed'),
    mode === 'online' ? t('search.online') : undefined,
    unreached && t('verdict.unreached'),
  ];
  const isHandout = snapshot.door?.handout !== undefined;
  const isComing = snapshot.direction === 'in' && !isHandout;
  const press = isHandout ? t(HANDING[snapshot.direction]) : isComing ? t('search.checkIn') : t('search.checkOut');
  return (
    <>
      <p class="found-name">{name ?? t('verdict.noName')}</p>
      <p>{facts.filter((fact) => typeof fact === 'string').join(' · ')}</p>
      <p class="hint">{t('search.reference', { reference })}</p>
      {isComing && isAsked ? (
        <WhyCame whom={name ?? reference} reference={reference} onCame={onCheckIn} />
      ) : (
        <button
          type="button"
          aria-label={t('search.of', { what: press, whom: name ?? reference })}
          onClick={() => (isComing ? setAsked(true) : onCheckIn())}
        >
          {press}
        </button>
      )}
    </>
  );
}

interface WhyCameProps {
  readonly whom: string;
  readonly reference: string;
  readonly onCame: (why: string) => void;
}

/** Why someone comes without a ticket: one press for what is usual, a few words for the rest. It is kept with the check-in. */
function WhyCame({ whom, reference, onCame }: WhyCameProps) {
  const { t } = useApp();
  const first = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState('');
  useLayoutEffect(() => first.current?.focus(), []);
  const say = (event: SubmitEvent): void => {
    event.preventDefault();
    const why = field.current?.value.trim() ?? '';
    if (why === '') setProblem(t('search.noWhy'));
    else onCame(why);
  };
  return (
    <form onSubmit={say} noValidate>
      <fieldset>
        <legend>{t('search.whyCame', { whom })}</legend>
        {WITHOUT_TICKET.map((why, place) => (
          <button key={why} ref={place === 0 ? first : null} type="button" onClick={() => onCame(why)}>
            {t(`search.without.${why}`)}
          </button>
        ))}
      </fieldset>
      <LineField {...{ field, problem, id: `why-${reference}`, label: t('search.otherWhy') }} maxLength={LONGEST_WHY} />
      <button type="submit" class="second">
        {t('search.checkIn')}
      </button>
    </form>
  );
}

interface Result {
  readonly people: readonly FoundPerson[];
  readonly hasMore: boolean;
}

/** People without a ticket in their hand: found by the server, checked in here. */
export function SearchScreen({ desk, screens }: { readonly desk: ScanDesk; readonly screens: Screens }) {
  const { engine, snapshot, t } = useApp();
  const field = useRef<HTMLInputElement>(null);
  const told = useRef<HTMLParagraphElement>(null);
  const asked = useRef(0);
  const [result, setResult] = useState<Result>();
  const [note, setNote] = useState<string>();
  const [lock, setLock] = useState<SearchError['lock']>();
  const clear = (why?: string): void => {
    asked.current += 1;
    setResult(undefined);
    setNote(why);
  };
  // A finder of the phone reads nobody on it that they could not look for.
  useEffect(() => {
    if (result === undefined) return;
    const timer = setTimeout(() => clear(t('search.why.locked')), SEARCH_IDLE);
    // The keys of a phone go away, and who was found comes above where they were.
    told.current?.focus();
    told.current?.scrollIntoView();
    return () => clearTimeout(timer);
  }, [result]);
  const find = (unlock?: string): void => {
    const text = field.current?.value.trim() ?? '';
    setLock(undefined);
    clear(text === '' ? t('search.short') : t('search.busy'));
    if (text === '') return;
    const mine = asked.current;
    // An answer to what was asked before comes too late.
    const inTime = (tell: () => void): void => {
      if (mine === asked.current) tell();
    };
    engine.search(text, unlock).then(
      (found) =>
        inTime(() => {
          setResult(found);
          setNote(found.people.length === 0 ? t('search.none') : t('search.found', { count: found.people.length }));
        }),
      (error: unknown) =>
        inTime(() => {
          const why = error instanceof SearchError ? error.why : 'server';
          setNote(why === 'locked' && unlock !== undefined ? t('unlock.wrong') : t(`search.why.${why}`));
          setLock(error instanceof SearchError ? error.lock : undefined);
        }),
    );
  };
  return (
    <SubScreen title={t('search.title')} screens={screens}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          find();
        }}
      >
        <LineField {...{ field, id: 'who', label: t('search.label'), hint: t('search.hint') }} type="search" />
        <button type="submit" class={lock && 'second'}>
          {t('search.find')}
        </button>
      </form>
      <p ref={told} role="status" tabIndex={-1}>
        {desk.note ?? note}
      </p>
      {lock && <Unlock key={lock.triesLeft} lock={lock} onUnlock={find} />}
      {result && (
        // Behind a verdict it begins anew: nobody is asked again about someone who came.
        <ul key={desk.shown?.number} class="found">
          {result.people.map((person) => (
            <li key={person.reference}>
              <One person={person} onCheckIn={(why) => desk.checkIn(person, why)} />
            </li>
          ))}
        </ul>
      )}
      {result?.hasMore === true && <p>{t('search.more')}</p>}
      {snapshot.door?.handout === undefined && (
        <>
          <h2>{t('walkIn.question')}</h2>
          <button type="button" class="second" onClick={() => screens.open('walk-in')}>
            {t('walkIn.open')}
          </button>
        </>
      )}
    </SubScreen>
  );
}
