import { useState } from 'preact/hooks';
import { useAct, useDesk, useEventRead } from '../desk.ts';
import { ApiProblem } from '../kernel/api.ts';
import { Form } from '../kernel/form/form.tsx';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { FailureNote } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { when } from '../names.ts';
import { t } from '../words.ts';
import { type HandOvers, type HandOverView, memberText } from './overview.ts';

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

/** What of a saved file is of one phone. */
interface SavedScans {
  readonly device: string;
  /** Of these scans: the same file is the same hand-over. */
  readonly id: string;
  /** As many as go into one request each. */
  readonly parts: readonly (readonly object[])[];
  readonly entries: number;
}

interface SavedFile {
  readonly phones: readonly SavedScans[];
  /** Scans of another event. */
  readonly elsewhere: number;
}

/** It is no file that the check-in app saved. */
export class NotSavedFileError extends Error {}

interface Saved {
  readonly scan: object;
  readonly device: string;
  readonly eventId: string;
}

/** Scans and bytes of one request: the contract's, with room around them. */
const MOST_SCANS = 200;
const MOST_BYTES = 200_000;
/** 128 bits, as 22 characters of base64url. */
const ID_BYTES = 16;

/**
 * Reads the file that the check-in app saves (`exportScans` of `web/checkin/engine/upload.ts`): what waited on the phone, and what the
 * server had refused. The server reads each scan for itself.
 *
 * @throws NotSavedFileError
 */
export async function readSavedFile(text: string, eventId: string): Promise<SavedFile> {
  const all = entriesOf(text);
  const here = all.filter((each) => each.eventId === eventId);
  const devices = [...new Set(here.map(({ device }) => device))];
  const phones = devices.map(async (device): Promise<SavedScans> => {
    const scans = here.filter((each) => each.device === device).map(({ scan }) => scan);
    return { device, id: await idOf(device, scans), parts: partsOf(scans), entries: scans.length };
  });
  return { phones: await Promise.all(phones), elsewhere: all.length - here.length };
}

function entriesOf(text: string): readonly Saved[] {
  const file = parsed(text);
  if (!isRecord(file)) throw new NotSavedFileError();
  const { exportedAt, waiting, refused, ...others } = file;
  const isWhole = typeof exportedAt === 'string' && Array.isArray(waiting) && Array.isArray(refused);
  if (!isWhole || Object.keys(others).length > 0) throw new NotSavedFileError();
  const all: readonly unknown[] = [...waiting, ...refused];
  if (all.length === 0 || !all.every(isSaved)) throw new NotSavedFileError();
  return all as readonly Saved[];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotSavedFileError();
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSaved = (value: unknown): boolean =>
  isRecord(value) &&
  isRecord(value['scan']) &&
  typeof value['device'] === 'string' &&
  typeof value['eventId'] === 'string';

async function idOf(device: string, scans: readonly object[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([device, scans]));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, ID_BYTES);
  return btoa(String.fromCharCode(...hash))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function partsOf(scans: readonly object[]): readonly (readonly object[])[] {
  const parts: object[][] = [];
  let bytes = MOST_BYTES;
  for (const scan of scans) {
    const length = new TextEncoder().encode(JSON.stringify(scan)).length + 1;
    if (bytes + length > MOST_BYTES || parts.at(-1)?.length === MOST_SCANS) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(scan);
    bytes += length;
  }
  return parts;
}
