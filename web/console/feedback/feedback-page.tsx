import { FOR_CHAIR, FOR_ROOM, feedbackAddress, pageAddress } from '../addresses.ts';
import { useDesk } from '../desk.ts';
import { lazy } from '../kernel/parts/lazy.tsx';
import { t } from '../words.ts';

const OneForm = lazy(() => import('./one-form.tsx').then((each) => each.OneForm));
const ForRoom = lazy(() => import('./for-room.tsx').then((each) => each.ForRoom));
const ForChair = lazy(() => import('./for-chair.tsx').then((each) => each.ForChair));

/** What is behind the overview of feedback: a form, what its room sees, and what its chair is given on paper. */
export function FormScreens({ one }: { readonly one: string }) {
  const { event } = useDesk();
  if (one.startsWith(FOR_ROOM)) return <ForRoom id={one.slice(FOR_ROOM.length)} />;
  const forChair = one.startsWith(FOR_CHAIR) ? one.slice(FOR_CHAIR.length) : undefined;
  return (
    <>
      <p class="back screen">
        {forChair === undefined ? (
          <a href={pageAddress(event.id, 'feedback')}>{t('page.feedback')}</a>
        ) : (
          <a href={feedbackAddress(event.id, forChair)}>{t('feedback.chair.back')}</a>
        )}
      </p>
      {forChair === undefined ? <OneForm id={one} /> : <ForChair id={forChair} />}
    </>
  );
}
