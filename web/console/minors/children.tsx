import { ProposedPhones } from '../checkin/devices/proposed-phones.tsx';
import { useDesk, useRead } from '../desk.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { words } from '../words.ts';
import { BlankForm } from './children/blank-form.tsx';
import { Chaperones } from './children/chaperones.tsx';
import { Floor } from './children/floor.tsx';
import { WhoComes } from './children/who-comes.tsx';

/** Everyone under 18, whom each waits for, and who looks after them. */
export function Children() {
  const { api, event } = useDesk();
  const read = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/minors', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{words.children.title}</Heading>
      <p class="note screen">{words.children.noted}</p>
      <Show of={read}>
        {(list) => {
          const forms = list.minors.filter(({ step }) => step === 'paper-recorded').length;
          const leaving = list.minors.filter(({ handoverWaiting }) => handoverWaiting).length;
          return (
            <>
              <Floor headcount={list.headcount} />
              {forms > 0 && <p class="note warn">{words.children.toConfirm(forms)}</p>}
              {leaving > 0 && <p class="note warn">{words.children.leavingToConfirm(leaving)}</p>}
              {list.minors.length === 0 ? <p class="empty">{words.children.none}</p> : <WhoComes list={list} />}
              <BlankForm label={words.children.form} />
              <Chaperones chaperones={list.chaperones} onChanged={read.reload} />
              <ProposedPhones />
            </>
          );
        }}
      </Show>
    </>
  );
}
