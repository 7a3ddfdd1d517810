import { useAct, useDesk, useRead } from '../../desk.ts';
import { Button } from '../../kernel/parts/button.tsx';
import { Failure } from '../../kernel/parts/failure.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { when } from '../../names.ts';
import { doors } from '../lists/doors.ts';
import type { HandOver, HandOvers } from '../review/answers.ts';
import { BringFile } from './bring-file.tsx';

type Part = 'before' | 'after';
type Decision = 'count' | 'leave-out';

/** Scans that phones handed over, which count once somebody says so. */
export function HandOverList() {
  const { api, event } = useDesk();
  const found = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/check-in/hand-overs', { params: { eventId: event.id } }),
  );
  return (
    <section>
      <h2>{doors.handOver.title}</h2>
      <p>{doors.handOver.explain}</p>
      <BringFile onBrought={found.show} />
      <Show of={found}>
        {({ handOvers }) => (
          <>
            {handOvers.map((handOver) => (
              <HandOverCard key={handOver.id} handOver={handOver} onChanged={found.show} />
            ))}
          </>
        )}
      </Show>
    </section>
  );
}

interface CardProps {
  readonly handOver: HandOver;
  readonly onChanged: (after: HandOvers) => void;
}

function HandOverCard({ handOver, onChanged }: CardProps) {
  const { event } = useDesk();
  const { id, device, by, at, entries, isWhole, before, after } = handOver;
  const heading = `hand-over-${id}`;
  const held = sumOf(before) + sumOf(after);
  return (
    <section class="card" aria-labelledby={heading}>
      <h3 id={heading}>{device.name}</h3>
      <p>
        {by === undefined ? doors.handOver.sent(when(event, at)) : doors.handOver.by(by, when(event, at))}
        {device.revokedAt && ` ${doors.handOver.shutOut(when(event, device.revokedAt, 'medium'))}`}
      </p>
      {!isWhole && <p class="note warn">{doors.handOver.notWhole}</p>}
      {isWhole && entries !== undefined && entries > held && <p>{doors.handOver.others(entries - held)}</p>}
      <ul class="list">
        {before && <PartLine part="before" tally={before} handOver={handOver} onChanged={onChanged} />}
        {after && <PartLine part="after" tally={after} handOver={handOver} onChanged={onChanged} />}
      </ul>
    </section>
  );
}

interface PartLineProps extends CardProps {
  readonly part: Part;
  readonly tally: NonNullable<HandOver[Part]>;
}

/** Scans before the phone was shut out, or since. */
function PartLine({ part, tally, handOver, onChanged }: PartLineProps) {
  const { event } = useDesk();
  const { open, counted, leftOut, refused, from, to, pressed } = tally;
  const title = doors.handOver[part](sumOf(tally), handOver.device.revokedAt !== undefined, handOver.by === undefined);
  const states = [
    open > 0 && pressed && doors.handOver.interrupted(open),
    counted > 0 && doors.handOver.counted(counted),
    leftOut > 0 && doors.handOver.leftOut(leftOut),
    refused > 0 && doors.handOver.refused(refused),
  ].filter((each) => each !== false && each !== undefined);
  return (
    <li>
      <div>
        {title}
        <small>{doors.handOver.span(when(event, from, 'medium'), when(event, to, 'medium'))}</small>
        {states.length > 0 && <small role="status">{states.join(' ')}</small>}
        {pressed && <small>{doors.handOver.pressedBy(pressed.by, when(event, pressed.at))}</small>}
      </div>
      {(open > 0 || leftOut > 0) && <Presses part={part} tally={tally} handOver={handOver} onChanged={onChanged} />}
    </li>
  );
}

function Presses({ part, tally: { open }, handOver, onChanged }: PartLineProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const { id: handOverId, device } = handOver;

  /** One request has time for some of them: as long as it takes some each time, it is sent again. */
  async function press(decision: Decision): Promise<void> {
    for (let before = Number.POSITIVE_INFINITY; ; ) {
      const after = await api('POST /api/organiser/events/{eventId}/check-in/hand-overs/{handOverId}/decisions', {
        params: { eventId: event.id, handOverId },
        body: { part, decision },
      });
      onChanged(after);
      const left = after.handOvers.find(({ id }) => id === handOverId)?.[part]?.open ?? 0;
      if (left === 0) return tell(doors.handOver.done[decision]);
      if (left >= before) return tell(doors.handOver.interrupted(left), 'warn');
      before = left;
    }
  }

  const label = (what: string): string => `${what}: ${device.name}, ${doors.handOver.parts[part]}`;
  return (
    <div class="tick">
      <p class="buttons">
        <Button busy={busy} label={label(doors.handOver.count)} onPress={() => run(() => press('count'))}>
          {doors.handOver.count}
        </Button>
        {open > 0 && (
          <Button
            kind="second"
            busy={busy}
            label={label(doors.handOver.leaveOut)}
            onPress={() => run(() => press('leave-out'))}
          >
            {doors.handOver.leaveOut}
          </Button>
        )}
      </p>
      <Failure error={error} />
    </div>
  );
}

const sumOf = (part: HandOver[Part]): number =>
  part === undefined ? 0 : part.open + part.counted + part.leftOut + part.refused;
