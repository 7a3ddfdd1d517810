import { useDesk } from '../../desk.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { when } from '../../names.ts';
import { doors } from '../lists/doors.ts';
import type { Conflict, ConflictProps } from './answers.ts';
import { DecideForm } from './decide-form.tsx';
import { Holder, holderText } from './holder.tsx';

type Scan = Conflict['scans'][number];

/** Scans of one ticket on one list, in the order in which they were made. */
export function ConflictCard(props: ConflictProps) {
  const { list, ticket, scans } = props.conflict;
  const title = holderText(props.conflict);
  const heading = `conflict-${list}-${ticket}`;
  return (
    <section class="card" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <p>
        {doors.toSee.at(props.names.get(list) ?? list)}
        <Holder of={props.conflict} />
      </p>
      <ol class="list">
        {scans.map((scan) => (
          <ScanLine key={scan.scanId} scan={scan} />
        ))}
      </ol>
      <Disclosure label={doors.toSee.decide} about={title}>
        {(close) => <DecideForm {...props} onClose={close} />}
      </Disclosure>
    </section>
  );
}

function ScanLine({ scan: { kind, at, device, isConflict, doubt, reason, isDecided } }: { readonly scan: Scan }) {
  const { event } = useDesk();
  return (
    <li>
      <div>
        <span class="time">{when(event, at, 'medium')}</span> {doors.toSee.kind[kind]}
        <small>{device}</small>
        {reason !== undefined && <p>{doors.toSee.reason(reason)}</p>}
      </div>
      <div class="tick">
        {isConflict && <span class="tag new">{doors.toSee.conflict}</span>}
        {doubt !== undefined && <span class="tag waits">{doors.toSee.doubts[doubt] ?? doubt}</span>}
        {isDecided && <span class="tag handled">{doors.toSee.decided}</span>}
      </div>
    </li>
  );
}
