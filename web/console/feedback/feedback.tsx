import { isHardlyScanned } from '../../../shared/feedback/form/attended.ts';
import { FOR_CHAIR, FOR_ROOM, feedbackAddress, pageAddress } from '../addresses.ts';
import { useDesk } from '../desk.ts';
import { TableHead } from '../kernel/parts/facts.tsx';
import { lazy } from '../kernel/parts/lazy.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Show, useLive } from '../kernel/parts/show.tsx';
import { t } from '../words.ts';
import { type FormResults, formName, rateText, standingText, useOverviewReader } from './form.ts';

/** Milliseconds: all forms are read for it. */
const EVERY = 10_000;

/** Every form, and how many answered it, as it happens. */
export function FeedbackScreen() {
  const { event } = useDesk();
  const live = useLive(event.id, useOverviewReader(), EVERY);
  return (
    <>
      <Heading>{t('feedback.title')}</Heading>
      <p>{t('feedback.explain')}</p>
      <Show of={live}>
        {({ forms }) => (
          <>
            {live.isOld && <p class="note warn">{t('feedback.old')}</p>}
            {forms.length === 0 ? <p class="empty">{t('feedback.none')}</p> : <FormTable forms={forms} />}
          </>
        )}
      </Show>
    </>
  );
}

const FormTable = ({ forms }: { readonly forms: readonly FormResults[] }) => (
  <table class="stacked seats">
    <TableHead columns={[t('feedback.name'), t('feedback.standing'), t('feedback.answers'), t('feedback.rate')]} />
    <tbody>
      {forms.map((form) => (
        <Row key={form.id} form={form} />
      ))}
    </tbody>
  </table>
);

function Row({ form }: { readonly form: FormResults }) {
  const { event } = useDesk();
  const { id, standing, answers, attended, mayAnswer } = form;
  return (
    <tr>
      <th scope="row">
        <a href={feedbackAddress(event.id, id)}>{formName(form)}</a>
      </th>
      <td data-label={t('feedback.standing')}>
        <div>
          <span class={`tag ${standing === 'open' ? 'confirmed' : ''}`}>{t(`feedback.standings.${standing}`)}</span>
          {standing !== 'off' && <small class="time">{standingText(event, form)}</small>}
        </div>
      </td>
      <td data-label={t('feedback.answers')}>
        {answers === 0 && standing !== 'not-yet' ? t('feedback.fewerThanFive') : answers}
      </td>
      <td data-label={t('feedback.rate')}>
        <div>
          {rateText(answers, attended)}{' '}
          {standing === 'open' && mayAnswer && isHardlyScanned(mayAnswer) && (
            <span class="tag hardly">{t('feedback.may.hardlyTag')}</span>
          )}
        </div>
      </td>
    </tr>
  );
}

const OneForm = lazy(() => import('./one-form.tsx').then((each) => each.OneForm));
const ForRoom = lazy(() => import('./outside.tsx').then((each) => each.ForRoom));
const ForChair = lazy(() => import('./outside.tsx').then((each) => each.ForChair));

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
