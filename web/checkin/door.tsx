import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from './app-context.ts';
import { listenToKeys } from './scan/listen-to-keys.ts';
import { ChooseList } from './screens/choose-list.tsx';
import { Scan } from './screens/scan.tsx';
import { Search } from './screens/search.tsx';
import { Settings } from './screens/settings.tsx';
import { TypeCode } from './screens/type-code.tsx';
import { WalkIn } from './screens/walk-in.tsx';
import { stayAwake } from './signals/stay-awake.ts';
import { type Screens, useScreen } from './use-screen.ts';
import { type Desk, useDesk } from './verdict/use-desk.ts';
import { Verdict } from './verdict/verdict.tsx';

/** A device at its door: a scanner with keys is heard on every screen, and a verdict fills whichever is open. */
export function Door() {
  const { snapshot } = useApp();
  const desk = useDesk();
  const screens = useScreen();
  useScannerKeys(desk);
  useEffect(stayAwake, []);
  if (snapshot.door === undefined && screens.screen !== 'settings') return <ChooseList screens={screens} />;
  const { shown } = desk;
  return (
    <>
      <div class="behind" inert={shown !== undefined}>
        <Open desk={desk} screens={screens} />
      </div>
      {shown !== undefined && <Verdict desk={desk} shown={shown} />}
      <p class="unseen" aria-live="assertive">
        {shown !== undefined && `${shown.face.word}. ${shown.face.person?.name ?? ''} ${shown.face.what ?? ''}`}
      </p>
    </>
  );
}

function Open({ desk, screens }: { readonly desk: Desk; readonly screens: Screens }) {
  switch (screens.screen) {
    case 'scan':
      return <Scan desk={desk} screens={screens} />;
    case 'lists':
      return <ChooseList screens={screens} />;
    case 'typed':
      return <TypeCode desk={desk} screens={screens} />;
    case 'search':
      return <Search desk={desk} screens={screens} />;
    case 'walk-in':
      return <WalkIn desk={desk} screens={screens} />;
    case 'settings':
      return <Settings screens={screens} />;
  }
}

function useScannerKeys({ read }: Desk): void {
  const { snapshot } = useApp();
  const hear = useRef(read);
  hear.current = read;
  const hasDoor = snapshot.door !== undefined;
  // Before the door is drawn: whoever sees it may scan.
  useLayoutEffect(() => (hasDoor ? listenToKeys((text) => hear.current(text)) : undefined), [hasDoor]);
}
