import { useState } from 'preact/hooks';
import { needsChaperone } from '../../../shared/minors/chaperone/chaperone.ts';
import { pageOf } from '../addresses.ts';
import { useDesk, useIsVetted, useRead } from '../desk.ts';
import { isProblem } from '../kernel/api/problem.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { Reference } from '../kernel/parts/reference.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { MailLog } from '../mail/mail-log.tsx';
import { words } from '../words.ts';
import { Chaperone } from './child/chaperone.tsx';
import { DecideForm } from './child/decide-form.tsx';
import { DecideHandover } from './child/decide-handover.tsx';
import { Facts } from './child/facts.tsx';
import { Handover } from './child/handover.tsx';
import type { ChildProps, Minor } from './child/one.ts';
import { RecordForm } from './child/record-form.tsx';
import { WhatChanged } from './child/what-changed.tsx';
import { Withdraw } from './child/withdraw.tsx';
import { MinorState } from './children/minor-state.tsx';

/** Someone under 18: what is to be decided first, then all there is to know, then what can be done. */
export function Child({ one: reference }: { readonly one: string }) {
  const { api, event } = useDesk();
  const isFocalPoint = useIsVetted('safeguarding');
  const params = { eventId: event.id, reference };
  // As they were looked at when someone else was faster, until the next change.
  const [former, setFormer] = useState<Minor>();
  const read = useRead(reference, () => api('GET /api/organiser/events/{eventId}/minors/{reference}', { params }));
  if (read.loaded.state === 'failed' && isProblem(read.loaded.error, 'not-found')) return <NotFound />;
  return (
    <>
      <Back />
      <Heading tab={words.child.title}>
        {read.loaded.state === 'ready' ? read.loaded.value.name : words.child.title}
      </Heading>
      <Show of={read}>
        {(child) => {
          const all: ChildProps = {
            child,
            onChanged: (after) => {
              setFormer(undefined);
              read.show(after);
            },
            reload: async () => {
              setFormer(undefined);
              await read.reload();
            },
            onStale: async () => {
              setFormer(child);
              await read.reload();
            },
          };
          return (
            <>
              <p class="state">
                <MinorState of={child} /> <Reference of={child.reference} />
              </p>
              <p class="note screen">{words.child.noted}</p>
              {former && <WhatChanged from={former} to={child} />}
              {child.step === 'paper-recorded' && <DecideForm {...all} />}
              {child.handoverWaiting && <DecideHandover {...all} />}
              {isFocalPoint && child.step === 'paper-awaited' && <RecordForm {...all} />}
              <Facts child={child} />
              <MailLog of={child} sends={false} />
              {needsChaperone({ ...child, ageBand: 'minor', mode: child.mode ?? 'online' }) && <Chaperone {...all} />}
              {isFocalPoint && hasAgreed(child) && <Handover {...all} />}
              {isFocalPoint && <Withdraw {...all} />}
            </>
          );
        }}
      </Show>
    </>
  );
}

const hasAgreed = ({ step }: Minor): boolean => step === 'agreed' || step === 'complete';

const Back = () => (
  <p class="back">
    <a href={pageOf(useDesk().event.id, 'children')}>{words.child.back}</a>
  </p>
);

const NotFound = () => (
  <>
    <Back />
    <Heading>{words.child.notFound}</Heading>
    <p>{words.child.notFoundTodo}</p>
  </>
);
