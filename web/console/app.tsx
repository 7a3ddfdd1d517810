import { useEffect, useMemo, useState } from 'preact/hooks';
import { CONSOLE_PATH } from '../../shared/kernel/console-page.ts';
import { INVITATION } from '../../shared/team/invitation/role-invitation.ts';
import { readAddress } from './addresses.ts';
import { ChooseEvent } from './event/choose-event.tsx';
import { EventConsole } from './event-console.tsx';
import { makeApi } from './kernel/api/api.ts';
import { Plain } from './kernel/parts/plain.tsx';
import type { Session } from './kernel/session/session.ts';
import { SignIn } from './kernel/sign-in.tsx';
import { Unknown } from './kernel/unknown.tsx';
import { navigate, type Place, usePlace } from './router.ts';
import { AcceptRoles } from './team/accept-roles.tsx';
import { words } from './words.ts';

interface AppProps {
  readonly session: Session;
  /** Epoch milliseconds, by the clock of this machine. */
  readonly now: () => number;
}

/** The console: whoever is not signed in signs in first and comes back to where they were. */
export function App({ session, now }: AppProps) {
  const place = usePlace();
  const [signedIn, setSignedIn] = useState(session.isSignedIn);
  const [ended, setEnded] = useState(false);
  const returning = useReturn(session, place, () => setSignedIn(true));
  const api = useMemo(() => makeApi(session), [session]);

  const onSignedOut = (): void => {
    setSignedIn(false);
    setEnded(true);
  };
  if (returning === 'busy') return <Plain title={words.signIn.busy} />;
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
    return <AcceptRoles api={api} eventId={invitedTo} invitation={invitation} onSignedOut={onSignedOut} />;
  }
  if (place.path === CONSOLE_PATH) return <ChooseEvent eventId={invitedTo} />;
  const address = readAddress(place.path);
  if (address === undefined) return <Unknown />;
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
function useReturn(session: Session, { path, query }: Place, onDone: () => void): 'busy' | 'failed' | undefined {
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

const addressOf = ({ path, query, fragment }: Place): string =>
  `${path}${query.size === 0 ? '' : `?${query}`}${fragment.size === 0 ? '' : `#${fragment}`}`;
