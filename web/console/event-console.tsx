import { useEffect, useMemo, useState } from 'preact/hooks';
import type { RoleGrant } from '../../shared/team/role/organiser-role.ts';
import type { Address } from './addresses.ts';
import { type Desk, DeskContext, type PublicEvent, type Result } from './desk.ts';
import { Frame } from './frame.tsx';
import type { Api } from './kernel/api/api.ts';
import { Show } from './kernel/parts/show.tsx';
import { useLoaded } from './kernel/parts/use-loaded.ts';
import { MailBanner } from './mail/mail-banner.tsx';
import { screenOf } from './screens.tsx';
import { NoRole } from './team/no-role.tsx';

interface EventConsoleProps {
  readonly api: Api;
  readonly now: Desk['now'];
  readonly address: Address;
  readonly query: URLSearchParams;
  readonly sayWhy: Desk['sayWhy'];
  readonly onSignedOut: () => void;
  readonly onSignOut: () => Promise<void>;
}

/** All screens of one event: what whoever is signed in may do in it is read first. */
export function EventConsole({ api, now, address, query, sayWhy, onSignedOut, onSignOut }: EventConsoleProps) {
  const { eventId } = address;
  const start = useLoaded(eventId, () => readStart(api, eventId), onSignedOut);
  const [result, setResult] = useState<Result & { readonly path: string }>();
  const ready = start.loaded.state === 'ready' ? start.loaded.value : undefined;
  const desk = useMemo(
    (): Desk | undefined =>
      ready && {
        ...ready,
        api,
        now,
        sayWhy,
        onSignedOut,
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

  return (
    <Frame address={address} event={ready?.event} grants={ready?.grants ?? []} result={result} onSignOut={onSignOut}>
      {desk === undefined ? (
        <Show of={start}>{() => null}</Show>
      ) : desk.grants.length === 0 ? (
        <NoRole title={desk.event.title} />
      ) : (
        <DeskContext.Provider value={desk}>
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
  return { event, grants };
}
