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

const ROUTE = 'GET /api/organiser/events/{eventId}/check-in/attendance/{reference}';
type Attendance = AnswerOf<typeof ROUTE>;
type CameRow = Attendance['came'][number];

interface CheckInsProps {
  readonly one: OrganiserRegistration;
  /** Of an adult: as their page has it. */
  readonly known: Attendance | undefined;
  readonly onMarked: (attendance: Attendance) => void;
}

/** Where someone came: of someone under 18 on a press, since each look is noted. */
export function CheckIns({ one, known, onMarked }: CheckInsProps) {
  const { api, event } = useDesk();
  const read = () => api(ROUTE, { params: { eventId: event.id, reference: one.reference } });
  return (
    <section class="screen" aria-labelledby="came">
      <h2 id="came">{t('came.title')}</h2>
      {known === undefined ? (
        <Disclosure label={t('came.open')}>{() => <CameOnPress one={one} read={read} />}</Disclosure>
      ) : (
        <CameTo one={one} attendance={known} onMarked={async () => onMarked(await read())} />
      )}
    </section>
  );
}

interface CameOnPressProps extends Pick<CheckInsProps, 'one'> {
  readonly read: () => Promise<Attendance>;
}

function CameOnPress({ one, read: ask }: CameOnPressProps) {
  const read = useRead(`came ${one.reference} ${one.revision}`, ask);
  return <Show of={read}>{(attendance) => <CameTo {...{ one, attendance }} onMarked={read.reload} />}</Show>;
}

interface CameToProps extends Pick<CheckInsProps, 'one'> {
  readonly attendance: Attendance;
  readonly onMarked: () => Promise<void>;
}

function CameTo({ one: { reference, status }, attendance: { came, handouts }, onMarked }: CameToProps) {
  const mayMark = useHas('run-check-in') && status === 'confirmed';
  return (
    <>
      {came.length === 0 ? <p class="empty">{t('came.nowhere')}</p> : <CameTable came={came} />}
      {mayMark && (
        <MarkOne
          reference={reference}
          marked={came.flatMap(({ list, isByHand }) => (isByHand ? [list] : []))}
          onMarked={onMarked}
        />
      )}
      {handouts.length > 0 && <HandedOutTo handouts={handouts} />}
    </>
  );
}

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
