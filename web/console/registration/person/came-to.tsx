import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import { useDesk, useHas, useRead } from '../../desk.ts';
import type { AnswerOf } from '../../kernel/api.ts';
import { Disclosure } from '../../kernel/parts/buttons.tsx';
import { TableHead } from '../../kernel/parts/facts.tsx';
import { lazy } from '../../kernel/parts/lazy.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { saidText, when } from '../../names.ts';
import { t } from '../../words.ts';

const MarkOne = lazy(() => import('../../checkin/mark-came.tsx').then((each) => each.MarkOne), 'doors');
const HandedOutTo = lazy(() => import('../../checkin/handouts.tsx').then((each) => each.HandedOutTo), 'doors');

interface CheckInsProps {
  readonly one: OrganiserRegistration;
}

/** Where someone came: of someone under 18 on a press, since each look is noted. */
export const CheckIns = ({ one }: CheckInsProps) => (
  <section class="screen" aria-labelledby="came">
    <h2 id="came">{t('came.title')}</h2>
    {one.ageBand === 'minor' ? (
      <Disclosure label={t('came.open')}>{() => <CameTo one={one} />}</Disclosure>
    ) : (
      <CameTo one={one} />
    )}
  </section>
);

function CameTo({ one: { reference, revision, status } }: CheckInsProps) {
  const { api, event } = useDesk();
  const mayMark = useHas('run-check-in') && status === 'confirmed';
  const params = { eventId: event.id, reference };
  const read = useRead(`came ${reference} ${revision}`, () =>
    api('GET /api/organiser/events/{eventId}/check-in/attendance/{reference}', { params }),
  );
  return (
    <Show of={read}>
      {({ came, handouts }) => (
        <>
          {came.length === 0 ? <p class="empty">{t('came.nowhere')}</p> : <CameTable came={came} />}
          {mayMark && (
            <MarkOne
              reference={reference}
              marked={came.flatMap(({ list, isByHand }) => (isByHand ? [list] : []))}
              onMarked={read.reload}
            />
          )}
          {handouts.length > 0 && <HandedOutTo handouts={handouts} />}
        </>
      )}
    </Show>
  );
}

type CameRow = AnswerOf<'GET /api/organiser/events/{eventId}/check-in/attendance/{reference}'>['came'][number];

function CameTable({ came }: { readonly came: readonly CameRow[] }) {
  const { event } = useDesk();
  return (
    <table class="stacked">
      <TableHead columns={[t('came.where'), t('came.came'), t('came.left')]} />
      <tbody>
        {came.map(({ list, name, mode, cameAt, leftAt, isByHand, said }) => (
          <tr key={list}>
            <th scope="row">{name ?? t('checkIn.entrance')}</th>
            <td class="time" data-label={t('came.came')}>
              <div>
                {when(event, cameAt)}
                {mode === 'online' && <small>{t('mode.online')}</small>}
                {isByHand && <small>{t('came.byHand')}</small>}
                {said && <small>{saidText(said)}</small>}
              </div>
            </td>
            <td class="time" data-label={leftAt && t('came.left')}>
              {leftAt && when(event, leftAt)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
