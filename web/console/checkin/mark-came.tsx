import { useState } from 'preact/hooks';
import { MOST_MARKED } from '../../../shared/checkin/attendance/arrivals.ts';
import { localTimeOf } from '../../../shared/kernel/text/zoned-time.ts';
import { registrationAddress } from '../addresses.ts';
import { useAct, useDesk, useRead } from '../desk.ts';
import type { AnswerOf, BodyOf } from '../kernel/api.ts';
import { LongTextField, SelectField, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { DigitsInput, instantTyped, refuseTyped, requireTyped, useTyped } from '../kernel/form/typed.tsx';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { TableHead } from '../kernel/parts/facts.tsx';
import { FailureNote } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { when, zoneName } from '../names.ts';
import { t, wordFor } from '../words.ts';
import { type List, listName, type Read, useReader } from './overview.ts';

const MARKS = 'POST /api/organiser/events/{eventId}/check-in/lists/{listId}/marks';
type Body = BodyOf<typeof MARKS>;
type Line = AnswerOf<typeof MARKS>['lines'][number];

/** What is sent with each step, and what it answers. */
function useMarks() {
  const { api, event } = useDesk();
  return (listId: string, body: Body) => api(MARKS, { params: { eventId: event.id, listId }, body });
}

/** On a person's page, these words are fetched only with the form. */
const labelsOf = () => ({
  lines: t('doors.mark.lines'),
  list: t('doors.mark.list'),
  at: t('doors.mark.at'),
  why: t('doors.mark.why'),
});

/** What a member types: a moment of now at first, by the clocks of the event. */
function useMarking(error: unknown, list = '') {
  const { event, now } = useDesk();
  const labels = labelsOf();
  const [stood] = useState(() => new Date(Math.floor(now() / MINUTE - 1) * MINUTE).toISOString());
  const at = localTimeOf(stood, event.timeZone);
  const { typed, field } = useTyped({ lines: '', list, at, why: '' }, labels, error);
  const timeHint = t('doors.mark.atHint', { zone: zoneName(event) });
  const bodyOf = (lines: readonly string[], step: Body['step']): Body => {
    requireTyped({ at: typed.at, why: typed.why }, { moment: { at: typed.at } });
    return { lines, at: instantTyped(typed.at, event.timeZone, stood), why: typed.why, step };
  };
  const times = <DigitsInput {...field('at')} as="moment" hint={timeHint} />;
  const why = <TextInput {...field('why')} maxLength={800} />;
  return { typed, field, labels, bodyOf, times, why };
}

const MINUTE = 60_000;

interface MarkOneProps {
  readonly reference: string;
  /** Ids of lists at which a member marked them. */
  readonly marked: readonly string[];
  /** Reads anew where they came. */
  readonly onMarked: () => Promise<void>;
}

/** On someone's page: they came and were not scanned, or somebody marked them by mistake. */
export const MarkOne = (props: MarkOneProps) => (
  <Disclosure label={t('doors.mark.title')}>{(close) => <MarkOneLists {...props} onClose={close} />}</Disclosure>
);

function MarkOneLists(props: MarkOneProps & { readonly onClose: () => void }) {
  const overview = useRead('marks', useReader());
  return <Show of={overview}>{(read) => <MarkOneForm {...props} read={read} />}</Show>;
}

function MarkOneForm({
  reference,
  marked,
  onMarked,
  onClose,
  read,
}: Parameters<typeof MarkOneLists>[0] & { readonly read: Read }) {
  const { tell } = useDesk();
  const { busy, error, run } = useAct();
  const send = useMarks();
  const { typed, field, labels, bodyOf, times, why } = useMarking(error, read.lists[0]?.id);
  const isMarked = marked.includes(typed.list);
  const mark = async (): Promise<void> => {
    const body = bodyOf([reference], isMarked ? 'take-back' : 'mark');
    const { lines } = await send(typed.list, body);
    const [line] = lines;
    onClose();
    const isDone = line?.status === 'marked' || line?.status === 'taken-back';
    tell(line === undefined ? '' : statusText(line), isDone ? 'ok' : 'warn');
    await onMarked();
  };
  return (
    <FieldsForm
      send={isMarked ? t('doors.mark.takeBack') : t('doors.mark.now')}
      busy={busy}
      error={error}
      labels={labels}
      onSend={() => run(mark)}
      onCancel={onClose}
    >
      <SelectField {...field('list')} choices={read.lists.map((list) => [list.id, listName(read.programme, list)])} />
      {!isMarked && times}
      {why}
    </FieldsForm>
  );
}

/** What became of a line, or would. */
function statusText({ status, isByHand, doubt }: Line): string {
  const said = status === 'came' && isByHand ? t('doors.mark.status.byHand') : t(`doors.mark.status.${status}`);
  if (doubt === undefined) return said;
  return `${said} ${t('doors.mark.toSee', { why: wordFor('doors.toSee.doubts', doubt) ?? doubt })}`;
}

/** From a list that people signed: what each line leads to is shown before anything is written. */
export function MarkFromList({ list }: { readonly list: List }) {
  return (
    <Disclosure label={t('doors.mark.fromList')}>{(close) => <MarkListForm list={list} onClose={close} />}</Disclosure>
  );
}

/** Lines that a browser shows at once, those first that nothing is done of. */
const MOST_SHOWN = 200;

function MarkListForm({ list, onClose }: { readonly list: List; readonly onClose: () => void }) {
  const { tell } = useDesk();
  const { busy, error, run } = useAct();
  const send = useMarks();
  const { typed, field, labels, bodyOf, times, why } = useMarking(error);
  const [seen, setSeen] = useState<{ readonly body: Body; readonly lines: readonly Line[] }>();
  const look = async (): Promise<void> => {
    const lines = typed.lines.split('\n').flatMap((line) => line.trim().slice(0, 200) || []);
    if (lines.length === 0) refuseTyped({ lines: t('common.required') });
    if (lines.length > MOST_MARKED) {
      refuseTyped({ lines: t('doors.mark.tooMany', { most: MOST_MARKED, lines: lines.length }) });
    }
    const body = bodyOf(lines, 'look');
    setSeen({ body, ...(await send(list.id, body)) });
  };
  const mark = async (body: Body): Promise<void> => {
    const { lines } = await send(list.id, { ...body, step: 'mark' });
    setSeen({ body, lines });
    const marked = lines.filter(({ status }) => status === 'marked').length;
    tell(t('doors.mark.done', { marked, others: lines.length - marked }), marked > 0 ? 'ok' : 'warn');
  };
  if (seen === undefined) {
    return (
      <FieldsForm
        send={t('doors.mark.look')}
        busy={busy}
        error={error}
        labels={labels}
        onSend={() => run(look)}
        onCancel={onClose}
      >
        <LongTextField {...field('lines')} rows={10} hint={t('doors.mark.linesHint', { most: MOST_MARKED })} />
        {times}
        {why}
      </FieldsForm>
    );
  }
  const ready = seen.lines.filter(({ status }) => status === 'ready' || status === 'later').length;
  const shown = seen.lines
    .map((line, place) => ({ line, place }))
    .sort((a, b) => Number(a.line.status === 'ready') - Number(b.line.status === 'ready') || a.place - b.place);
  return (
    <section>
      <FailureNote error={error} />
      <p role="status">{t('doors.mark.ready', { ready, others: seen.lines.length - ready })}</p>
      <LineTable rows={shown.slice(0, MOST_SHOWN)} typed={seen.body.lines} />
      {shown.length > MOST_SHOWN && <p>{t('doors.mark.more', { more: shown.length - MOST_SHOWN })}</p>}
      <p class="buttons">
        {ready > 0 && (
          <Button busy={busy} onPress={() => run(() => mark(seen.body))}>
            {t('doors.mark.many', { howMany: ready })}
          </Button>
        )}
        <Button kind="second" onPress={() => setSeen(undefined)}>
          {t('doors.mark.change')}
        </Button>
      </p>
    </section>
  );
}

interface LineTableProps {
  readonly rows: readonly { readonly line: Line; readonly place: number }[];
  readonly typed: readonly string[];
}

function LineTable({ rows, typed }: LineTableProps) {
  const { event } = useDesk();
  return (
    <table class="stacked">
      <TableHead columns={[t('doors.mark.line'), t('row.name'), t('row.status')]} />
      <tbody>
        {rows.map(({ line, place }) => (
          <tr key={place}>
            <th scope="row">
              {place + 1}
              <small>
                <bdi>{typed[place]}</bdi>
              </small>
            </th>
            <td data-label={line.fullName && t('row.name')}>
              {line.reference && <a href={registrationAddress(event.id, line.reference)}>{line.fullName}</a>}
            </td>
            <td data-label={t('row.status')}>
              <div>
                {statusText(line)}
                {line.cameAt && <small>{when(event, line.cameAt)}</small>}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
