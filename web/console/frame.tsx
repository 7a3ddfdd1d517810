import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { RoleGrant } from '../../shared/team/role/organiser-role.ts';
import { type Address, pageOf } from './addresses.ts';
import type { PublicEvent, Result } from './desk.ts';
import { Button } from './kernel/parts/button.tsx';
import { Offline } from './kernel/parts/offline.tsx';
import { useAction } from './kernel/parts/use-action.ts';
import { pagesFor } from './screens.tsx';
import { words } from './words.ts';

interface FrameProps {
  readonly address: Address;
  readonly event: PublicEvent | undefined;
  readonly grants: readonly RoleGrant[];
  /** What came of the last press. */
  readonly result: Result | undefined;
  readonly onSignOut: () => Promise<void>;
  readonly children: ComponentChildren;
}

/** What is around every screen of an event: its name, the pages that whoever is signed in may open, a way out. */
export function Frame({ address: { eventId, page, one }, event, grants, result, onSignOut, children }: FrameProps) {
  const { busy, run } = useAction();
  useFocusWhereItWasLost(result);
  const pages = event ? pagesFor({ event, grants }) : [];
  return (
    <>
      <a class="skip" href="#main">
        {words.skip}
      </a>
      <header>
        <div class="bar">
          <p class="brand">
            {event?.title ?? eventId} <span>{words.console}</span>
          </p>
          <Button kind="quiet" busy={busy} onPress={() => run(onSignOut)}>
            {words.signOut}
          </Button>
        </div>
        {pages.length > 0 && (
          <nav class="bar" aria-label={words.pages}>
            <ul>
              {pages.map((each) => (
                <li key={each}>
                  <a href={pageOf(eventId, each)} aria-current={each === page ? (one ? 'true' : 'page') : undefined}>
                    {words.page[each]}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </header>
      <main id="main" tabIndex={-1}>
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
