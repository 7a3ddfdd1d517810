import { useState } from 'preact/hooks';
import { tieStep } from '../../../shared/minors/chaperone/chaperone.ts';
import { minorAddress } from '../addresses.ts';
import { ProposedPhones } from '../checkin/offer.tsx';
import { useDesk, useEventRead } from '../desk.ts';
import { SelectField } from '../kernel/form/field.tsx';
import { Reference, TableHead } from '../kernel/parts/facts.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { dayName, when } from '../names.ts';
import { t } from '../words.ts';
import { Chaperones } from './chaperones.tsx';
import { BlankForm, byStep, type MinorList, type MinorRow, MinorState } from './minor.tsx';

/** A table where there is room, a card for each of them on a phone (by CSS). */
function MinorTable({ list }: { readonly list: MinorList }) {
  const { event } = useDesk();
  return (
    <table class="stacked">
      <TableHead
        columns={[
          t('minors.children.name'),
          t('minors.children.state'),
          t('minors.children.lookedAfter'),
          t('minors.children.answerBy'),
        ]}
      />
      <tbody>
        {byStep(list.minors).map((minor) => (
          <tr key={minor.reference}>
            <th scope="row">
              <a href={minorAddress(event.id, minor.reference)}>{minor.name}</a>
              <small>
                <Reference of={minor.reference} />
              </small>
            </th>
            <td>
              <MinorState of={minor} />
            </td>
            <td>{minor.standing && <Standing minor={minor} list={list} />}</td>
            <td class="time" data-label={minor.answerBy && t('minors.children.answerBy')}>
              {minor.answerBy && when(event, minor.answerBy)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the door would answer now, and why. */
function Standing({ minor, list }: { readonly minor: MinorRow; readonly list: MinorList }) {
  const { event } = useDesk();
  const step = tieStep(minor.days, minor.chaperone, event);
  const adult = list.chaperones.find(({ reference }) => reference === minor.chaperone?.reference);
  const isHeld = minor.standing !== 'ok';
  return (
    <>
      {minor.standing && (
        <span class={`tag ${isHeld ? 'overdue' : 'confirmed'}`}>{t(`minors.children.standing.${minor.standing}`)}</span>
      )}
      <small>{t(`minors.children.tie.${step}`, { name: adult?.name ?? minor.chaperone?.reference ?? '' })}</small>
      {isHeld && step === 'safe' && <small>{t('minors.children.tooFewInAll')}</small>}
    </>
  );
}

const EVERYONE = '';

/** Everyone under 18, or who is expected in person on one day: on a day of the event, that day's come first (CS17). */
function WhoComes({ list }: { readonly list: MinorList }) {
  const { event } = useDesk();
  const [day, setDay] = useState(() => event.days.find(({ date }) => date === list.today)?.id ?? EVERYONE);
  const minors =
    day === EVERYONE
      ? list.minors
      : list.minors.filter(
          ({ status, mode, days }) => status === 'confirmed' && mode === 'in-person' && days.includes(day),
        );
  return (
    <>
      <SelectField
        name="day"
        label={t('minors.children.day')}
        value={day}
        choices={[
          [EVERYONE, t('minors.children.everyDay')],
          ...event.days.map(({ id, date }) => [id, dayName(date)] as const),
        ]}
        onChange={setDay}
      />
      {minors.length === 0 ? (
        <p class="empty">{t('minors.children.noneOnDay')}</p>
      ) : (
        <MinorTable list={{ ...list, minors }} />
      )}
    </>
  );
}

/** How many adults there have to be, and whether there are. */
function Floor({ headcount: { minors, chaperones, needed } }: Pick<MinorList, 'headcount'>) {
  const { event } = useDesk();
  const isEnough = chaperones >= needed;
  return (
    <>
      {event.minors && (
        <p>{t('minors.children.rule', { least: event.minors.leastChaperones, ratio: event.minors.chaperoneRatio })}</p>
      )}
      <p class={isEnough ? undefined : 'note bad'}>
        {t(isEnough ? 'minors.children.enough' : 'minors.children.tooFew', { minors, chaperones, needed })}
      </p>
    </>
  );
}

/** Everyone under 18, whom each waits for, and who looks after them. */
export function MinorsScreen() {
  const read = useEventRead('GET /api/organiser/events/{eventId}/minors');
  return (
    <>
      <Heading>{t('minors.children.title')}</Heading>
      <p class="note screen">{t('minors.children.noted')}</p>
      <Show of={read}>
        {(list) => {
          const forms = list.minors.filter(({ step }) => step === 'paper-recorded').length;
          const leaving = list.minors.filter(({ handoverWaiting }) => handoverWaiting).length;
          return (
            <>
              <Floor headcount={list.headcount} />
              {forms > 0 && <p class="note warn">{t('minors.children.toConfirm', { forms })}</p>}
              {leaving > 0 && <p class="note warn">{t('minors.children.leavingToConfirm', { waiting: leaving })}</p>}
              {list.minors.length === 0 ? <p class="empty">{t('minors.children.none')}</p> : <WhoComes list={list} />}
              <BlankForm label={t('minors.children.form')} />
              <Chaperones chaperones={list.chaperones} onChanged={read.reload} />
              <ProposedPhones />
            </>
          );
        }}
      </Show>
    </>
  );
}
