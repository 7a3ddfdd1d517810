import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { CONSOLE_PATH } from '../../shared/kernel/console-page.ts';
import { INVITATION } from '../../shared/team/invitation/role-invitation.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { grantsShown } from '../../shared/team/role/organiser-role.ts';
import {
  type Address,
  ALL_EVENTS,
  allEventsAddress,
  type ConsoleLocation,
  isForRoom,
  navigate,
  readAddress,
  usePlace,
} from './addresses.ts';
import { type Desk, DeskContext, type PublicEvent, type Result } from './desk.ts';
import { ChooseEvent } from './event/choose-event.tsx';
import { type Api, makeApi } from './kernel/api.ts';
import { Button } from './kernel/parts/buttons.tsx';
import { lazy } from './kernel/parts/lazy.tsx';
import { ConsoleLanguage, FailureNote, Plain, SignOutButton } from './kernel/parts/page.tsx';
import { useAction, useLoaded } from './kernel/parts/request.ts';
import { Show } from './kernel/parts/show.tsx';
import type { ConsoleSession } from './kernel/session.ts';
import { MailBanner } from './mail/mail-banner.tsx';
import { Navigation } from './navigation.tsx';
import { attendanceMemory } from './registration/attendance.ts';
import { peopleMemory } from './registration/people.ts';
import { screenOf } from './screens.tsx';
import { AcceptRoles, NoRole } from './team/roles.tsx';
import { fetchWords, t } from './words.ts';

interface FrameProps {
  readonly address: Address;
  readonly event: PublicEvent | undefined;
  readonly grants: readonly RoleGrant[];
  /** What came of the last press. */
  readonly result: Result | undefined;
  readonly onSignOut: () => Promise<void>;
  readonly children: ComponentChildren;
}

/** What is around every screen of an event: its name, the pages that the member who is signed in may open, a way out. */
function Frame({ address, event, grants, result, onSignOut, children }: FrameProps) {
  useFocusWhereItWasLost(result);
  return (
    <>
      <a class="skip" href="#main">
        {t('common.skip')}
      </a>
      <header>
        <div class="bar">
          <p class="brand">
            {event?.title ?? address.eventId} <span>{t('common.console')}</span>
          </p>
          <a class="events" href={allEventsAddress()}>
            {t('choose.all')}
          </a>
          <ConsoleLanguage />
          <SignOutButton onSignOut={onSignOut} />
        </div>
        {event && <Navigation address={address} opened={{ event, grants }} />}
      </header>
      <main id="main" tabIndex={-1} class={isForRoom(address) ? 'for-room' : undefined}>
        <Offline />
        <div class="result" role="status">
          {result && <p class={`note ${result.kind}`}>{result.words}</p>}
        </div>
        {children}
      </main>
    </>
  );
}

/** What was pressed may be gone once it is done: reading goes on from the title then. */
function useFocusWhereItWasLost(result: Result | undefined): void {
  useEffect(() => {
    if (result && document.activeElement === document.body) document.querySelector<HTMLElement>('h1')?.focus();
  }, [result]);
}

const Rehearsal = lazy(() => import('./event/rehearsal.tsx').then((each) => each.Rehearsal), 'rehearsal');

interface EventConsoleProps {
  readonly api: Api;
  readonly now: Desk['now'];
  readonly address: Address;
  readonly query: URLSearchParams;
  readonly sayWhy: Desk['sayWhy'];
  readonly onSignedOut: () => void;
  readonly onSignOut: () => Promise<void>;
}

/** All screens of one event: what the member who is signed in may do in it is read first. */
function EventConsole({ api, now, address, query, sayWhy, onSignedOut, onSignOut }: EventConsoleProps) {
  const { eventId } = address;
  const start = useLoaded(eventId, () => readStart(api, eventId), onSignedOut);
  const [result, setResult] = useState<Result & { readonly path: string }>();
  const ready = start.loaded.state === 'ready' ? start.loaded.value : undefined;
  const people = useMemo(
    () =>
      peopleMemory({
        // The overview, which is in the first script, names countries of people alone.
        async load(query) {
          const [page] = await Promise.all([
            api('GET /api/organiser/events/{eventId}/people', { params: { eventId }, query }),
            fetchWords('places'),
          ]);
          return page;
        },
        now,
        onSignedOut,
      }),
    [],
  );
  const attendance = useMemo(
    () =>
      attendanceMemory({
        load: (query) => api('GET /api/organiser/events/{eventId}/check-in/attendance', { params: { eventId }, query }),
        people,
      }),
    [],
  );
  useEffect(
    () => () => {
      attendance.close();
      people.close();
    },
    [],
  );
  // The browser may keep the page for who goes back to it.
  const signOut = (): Promise<void> => {
    people.empty();
    return onSignOut();
  };
  const desk = useMemo(
    (): Desk | undefined =>
      ready && {
        ...ready,
        api,
        now,
        sayWhy,
        onSignedOut,
        readEvent: start.reload,
        people,
        attendance,
        tell: (words, kind = 'ok') => setResult({ words, kind, path: location.pathname }),
        untell: () => setResult(undefined),
      },
    [ready],
  );
  // What was said on one page is over on the next.
  useEffect(
    () => setResult((said) => (said?.path === location.pathname ? said : undefined)),
    [address.page, address.one],
  );

  // What is around a screen is seen once it can stay as it is: the length of a title and the pages that there are move all below.
  if (start.loaded.state === 'loading') {
    return (
      <main>
        <Show of={start}>{() => null}</Show>
      </main>
    );
  }
  return (
    <Frame address={address} event={ready?.event} grants={ready?.grants ?? []} result={result} onSignOut={signOut}>
      {desk === undefined ? (
        <Show of={start}>{() => null}</Show>
      ) : desk.grants.length === 0 ? (
        <NoRole title={desk.event.title} />
      ) : (
        <DeskContext.Provider value={desk}>
          {desk.event.rehearsal && <Rehearsal page={address.page} />}
          <MailBanner page={address.page} />
          {screenOf(address, query, desk)}
        </DeskContext.Provider>
      )}
    </Frame>
  );
}

async function readStart(api: Api, eventId: string): Promise<{ event: PublicEvent; grants: readonly RoleGrant[] }> {
  const params = { eventId };
  const [{ grants }, event] = await Promise.all([
    api('GET /api/organiser/events/{eventId}/me', { params }),
    api('GET /api/events/{eventId}', { params }),
  ]);
  return { event, grants: grantsShown(grants) };
}

interface AppProps {
  readonly session: ConsoleSession;
  /** Epoch milliseconds, by the clock of this machine. */
  readonly now: () => number;
}

/** The console: a member who is not signed in signs in first and comes back to where they were. */
export function ConsoleApp({ session, now }: AppProps) {
  const place = usePlace();
  const [signedIn, setSignedIn] = useState(session.isSignedIn);
  const [ended, setEnded] = useState(false);
  const returning = useReturn(session, place, () => setSignedIn(true));
  const api = useMemo(() => makeApi(session, now), [session]);

  const onSignedOut = (): void => {
    setSignedIn(false);
    setEnded(true);
  };
  if (returning === 'busy') return <Plain title={t('signIn.busy')} />;
  if (!signedIn || returning === 'failed') {
    const reason = returning === 'failed' ? 'failed' : ended ? 'ended' : undefined;
    return (
      <SignIn session={session} reason={reason} returnTo={returning === 'failed' ? CONSOLE_PATH : addressOf(place)} />
    );
  }
  const signOut = (): Promise<void> => session.signOut();
  const invitation = place.fragment.get(INVITATION);
  const invitedTo = place.query.get('event');
  if (place.path === CONSOLE_PATH && invitedTo !== null && invitation !== null) {
    return <AcceptRoles {...{ api, onSignedOut }} eventId={invitedTo} invitation={invitation} onSignOut={signOut} />;
  }
  if (place.path === CONSOLE_PATH) {
    const all = place.query.get(ALL_EVENTS);
    return <ChooseEvent {...{ api, all, onSignedOut }} eventId={invitedTo} onSignOut={signOut} />;
  }
  const address = readAddress(place.path);
  if (address === undefined) return <Unknown onSignOut={signOut} />;
  return (
    <EventConsole
      key={address.eventId}
      api={api}
      now={now}
      address={address}
      query={place.query}
      sayWhy={session.sayWhy}
      onSignedOut={onSignedOut}
      onSignOut={signOut}
    />
  );
}

/** Takes what the provider sent someone back with, and goes on to the page they came from. */
function useReturn(
  session: ConsoleSession,
  { path, query }: ConsoleLocation,
  onDone: () => void,
): 'busy' | 'failed' | undefined {
  const isReturn = path === CONSOLE_PATH && query.has('state') && (query.has('code') || query.has('error'));
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!isReturn) return;
    session.complete(new URL(location.href)).then(
      (returnTo) => {
        onDone();
        navigate(returnTo, { replace: true });
      },
      () => {
        setFailed(true);
        navigate(CONSOLE_PATH, { replace: true });
      },
    );
  }, []);
  return failed ? 'failed' : isReturn ? 'busy' : undefined;
}

const addressOf = ({ path, query, fragment }: ConsoleLocation): string =>
  `${path}${query.size === 0 ? '' : `?${query}`}${fragment.size === 0 ? '' : `#${fragment}`}`;

interface SignInProps {
  readonly session: ConsoleSession;
  /** Why someone is here who was signed in. */
  readonly reason: 'ended' | 'failed' | undefined;
  readonly returnTo: string;
}

function SignIn({ session, reason, returnTo }: SignInProps) {
  const { busy, error, run } = useAction();
  return (
    <Plain title={t('signIn.title')}>
      {reason && (
        <p class="note" role="alert">
          {t(`signIn.${reason}`)}
        </p>
      )}
      <p>{t('signIn.explain')}</p>
      <FailureNote error={error} />
      <Button busy={busy} onPress={() => run(() => session.signIn(returnTo))}>
        {t('signIn.button')}
      </Button>
    </Plain>
  );
}

function Unknown({ onSignOut }: Pick<FrameProps, 'onSignOut'>) {
  return (
    <Plain title={t('unknown.title')} onSignOut={onSignOut}>
      <p>
        <a href={CONSOLE_PATH}>{t('unknown.start')}</a>
      </p>
    </Plain>
  );
}

/** Says so while the machine has no network: what is shown may be old, and nothing can be saved. */
function Offline() {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = (): void => setOnline(navigator.onLine);
    addEventListener('online', update);
    addEventListener('offline', update);
    return () => {
      removeEventListener('online', update);
      removeEventListener('offline', update);
    };
  }, []);
  return <div role="status">{!online && <p class="note warn">{t('common.offline')}</p>}</div>;
}
