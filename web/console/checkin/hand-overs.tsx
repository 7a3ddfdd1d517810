import { useState } from 'preact/hooks';
import { useAct, useDesk, useEventRead } from '../desk.ts';
import { ApiProblem } from '../kernel/api.ts';
import { Form } from '../kernel/form/form.tsx';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { FailureNote } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { when } from '../names.ts';
import { t } from '../words.ts';
import { memberText } from './member.ts';
import type { HandOvers, HandOverView } from './overview.ts';
import { NotSavedFileError, readSavedFile, type SavedScans } from './saved-file.ts';

type Part = 'before' | 'after';
type Decision = 'count' | 'leave-out';

/** Scans that phones handed over, which count once a member says so. */
export function HandOverList() {
  const found = useEventRead('GET /api/organiser/events/{eventId}/check-in/hand-overs');
  return (
    <section>
      <h2>{t('doors.handOver.title')}</h2>
      <p>{t('doors.handOver.explain')}</p>
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
  readonly handOver: HandOverView;
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
        {by === undefined
          ? t('doors.handOver.sent', { at: when(event, at) })
          : t('doors.handOver.by', { who: memberText(by), at: when(event, at) })}
        {device.revokedAt && ` ${t('doors.handOver.shutOut', { at: when(event, device.revokedAt, 'medium') })}`}
      </p>
      {!isWhole && <p class="note warn">{t('doors.handOver.notWhole')}</p>}
      {isWhole && entries !== undefined && entries > held && (
        <p>{t('doors.handOver.others', { howMany: entries - held })}</p>
      )}
      <ul class="list">
        {before && <PartLine part="before" tally={before} handOver={handOver} onChanged={onChanged} />}
        {after && <PartLine part="after" tally={after} handOver={handOver} onChanged={onChanged} />}
      </ul>
    </section>
  );
}

interface PartLineProps extends CardProps {
  readonly part: Part;
  readonly tally: NonNullable<HandOverView[Part]>;
}

/** What scans are called that were dated before the phone was shut out, if it was. */
function beforeOf({ by, device }: HandOverView): 'before' | 'beforeShutOut' | 'beforeSent' {
  if (by === undefined) return 'beforeSent';
  return device.revokedAt === undefined ? 'before' : 'beforeShutOut';
}

/** Scans before the phone was shut out, or since. */
function PartLine({ part, tally, handOver, onChanged }: PartLineProps) {
  const { event } = useDesk();
  const { open, counted, leftOut, refused, from, to, pressed } = tally;
  const title = t(`doors.handOver.${part === 'after' ? part : beforeOf(handOver)}`, { howMany: sumOf(tally) });
  const states = [
    open > 0 && pressed && t('doors.handOver.interrupted', { howMany: open }),
    counted > 0 && t('doors.handOver.counted', { howMany: counted }),
    leftOut > 0 && t('doors.handOver.leftOut', { howMany: leftOut }),
    refused > 0 && t('doors.handOver.refused', { howMany: refused }),
  ].filter((each) => each !== false && each !== undefined);
  return (
    <li>
      <div>
        {title}
        <small>{t('doors.handOver.span', { from: when(event, from, 'medium'), to: when(event, to, 'medium') })}</small>
        {states.length > 0 && <small role="status">{states.join(' ')}</small>}
        {pressed && (
          <small>{t('doors.handOver.pressedBy', { who: memberText(pressed.by), at: when(event, pressed.at) })}</small>
        )}
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
      if (left === 0) return tell(t(`doors.handOver.done.${decision}`));
      if (left >= before) return tell(t('doors.handOver.interrupted', { howMany: left }), 'warn');
      before = left;
    }
  }

  const label = (what: string): string => `${what}: ${device.name}, ${t(`doors.handOver.parts.${part}`)}`;
  return (
    <div class="tick">
      <p class="buttons">
        <Button busy={busy} label={label(t('doors.handOver.count'))} onPress={() => run(() => press('count'))}>
          {t('doors.handOver.count')}
        </Button>
        {open > 0 && (
          <Button
            kind="second"
            busy={busy}
            label={label(t('doors.handOver.leaveOut'))}
            onPress={() => run(() => press('leave-out'))}
          >
            {t('doors.handOver.leaveOut')}
          </Button>
        )}
      </p>
      <FailureNote error={error} />
    </div>
  );
}

const sumOf = (part: HandOverView[Part]): number =>
  part === undefined ? 0 : part.open + part.counted + part.leftOut + part.refused;

const NAME = 'saved-file';

/** Takes the file that a phone saved. Nothing of it counts by that. */
function BringFile({ onBrought }: { readonly onBrought: (after: HandOvers) => void }) {
  return (
    <Disclosure label={t('doors.handOver.bring')}>
      {(close) => <BringForm onBrought={onBrought} onClose={close} />}
    </Disclosure>
  );
}

interface BringFormProps {
  readonly onBrought: (after: HandOvers) => void;
  readonly onClose: () => void;
}

function BringForm({ onBrought, onClose }: BringFormProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [file, setFile] = useState<File>();
  const [problem, setProblem] = useState<string>();

  async function send({ device, id: handOverId, parts, entries }: SavedScans): Promise<void> {
    for (const [place, scans] of parts.entries()) {
      const body = { device, entries, scans, isLast: place === parts.length - 1 };
      const params = { eventId: event.id, handOverId };
      onBrought(await api('PUT /api/organiser/events/{eventId}/check-in/hand-overs/{handOverId}', { params, body }));
    }
  }

  async function bring(): Promise<void> {
    setProblem(undefined);
    if (file === undefined) return setProblem(t('doors.handOver.chooseFirst'));
    try {
      const { phones, elsewhere } = await readSavedFile(await file.text(), event.id);
      if (phones.length === 0) return setProblem(t('doors.handOver.otherEvent'));
      for (const phone of phones) await send(phone);
      tell(elsewhere === 0 ? t('doors.handOver.brought') : t('doors.handOver.broughtBut', { elsewhere }));
      onClose();
    } catch (problem) {
      const isStrange = problem instanceof ApiProblem && problem.errors.some(({ path }) => path === 'device');
      if (isStrange) setProblem(t('doors.handOver.unknownPhone'));
      else if (problem instanceof NotSavedFileError) setProblem(t('doors.handOver.notSaved'));
      else throw problem;
    }
  }

  return (
    <Form onSend={() => run(bring)}>
      <div class={problem === undefined ? 'field' : 'field bad'}>
        <label for={NAME}>{t('doors.handOver.file')}</label>
        <span class="hint" id={`${NAME}-hint`}>
          {t('doors.handOver.fileHint')}
        </span>
        {problem !== undefined && (
          <p class="error" id={`${NAME}-error`} role="alert">
            {t('common.error')}: {problem}
          </p>
        )}
        <input
          id={NAME}
          type="file"
          accept=".json,application/json"
          aria-describedby={problem === undefined ? `${NAME}-hint` : `${NAME}-hint ${NAME}-error`}
          aria-invalid={problem === undefined ? undefined : true}
          onChange={({ currentTarget }) => setFile(currentTarget.files?.[0])}
        />
      </div>
      <FailureNote error={error} />
      <p class="buttons">
        <Button type="submit" busy={busy}>
          {t('doors.handOver.bringNow')}
        </Button>
        <Button kind="second" onPress={onClose}>
          {t('common.cancel')}
        </Button>
      </p>
    </Form>
  );
}
