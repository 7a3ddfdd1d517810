import { NEW_HANDOUT, NEW_LIST, PHONES, pageAddress, TO_SEE } from '../addresses.ts';
import { useDesk } from '../desk.ts';
import { lazy } from '../kernel/parts/lazy.tsx';
import { t } from '../words.ts';

const List = lazy(() => import('./one-list.tsx').then(({ OneList }) => OneList), 'doors', 'places');
const NewList = lazy(() => import('./list-form.tsx').then((each) => each.NewList), 'doors');
const NewHandout = lazy(() => import('./handouts.tsx').then((each) => each.NewHandout), 'doors');
const Phones = lazy(() => import('./phones.tsx').then((each) => each.Phones), 'doors');
const ToSee = lazy(() => import('./to-see.tsx').then((each) => each.InboxScreen), 'doors');

/** What is behind the overview of check-in: each a script of its own, for at a door people open one of them. */
export function CheckInPage({ one }: { readonly one: string }) {
  const { event } = useDesk();
  return (
    <>
      <p class="back">
        <a href={pageAddress(event.id, 'check-in')}>{t('page.check-in')}</a>
      </p>
      {screenOf(one)}
    </>
  );
}

function screenOf(one: string) {
  if (one === NEW_LIST) return <NewList />;
  if (one === NEW_HANDOUT) return <NewHandout />;
  if (one === PHONES) return <Phones />;
  return one === TO_SEE ? <ToSee /> : <List id={one} />;
}
