import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { BY_HAND } from '../../../shared/checkin/scan/scan.ts';
import { registrationAddress } from '../addresses.ts';
import { useDesk, useEventRead, useRead } from '../desk.ts';
import type { BodyOf } from '../kernel/api.ts';
import { fieldError, LongTextField } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { filled, requireTyped } from '../kernel/form/typed.tsx';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import { Reference, TableHead } from '../kernel/parts/facts.tsx';
import { FailureNote, Heading } from '../kernel/parts/page.tsx';
import type { Loading } from '../kernel/parts/request.ts';
import { Show } from '../kernel/parts/show.tsx';
import { deskReasonText, when } from '../names.ts';
import { t, wordFor } from '../words.ts';
import { Alike, DecisionField } from './alike.tsx';
import { HandOverList } from './held-scans.tsx';
import {
  type ConflictProps,
  type InboxConflict,
  type InboxDecision,
  type InboxProps,
  listNames,
  memberText,
  useReader,
} from './overview.ts';

type Decision = BodyOf<'POST /api/organiser/events/{eventId}/check-in/conflicts/{listId}/{ticket}'>['decision'];

const LABELS = { decision: t('doors.toSee.decision'), note: t('doors.toSee.note') };

/** What is said is of the scans that are shown, and of none that come later. */
function DecideForm({ conflict, onChanged, onStale, onClose }: ConflictProps & { readonly onClose: () => void }) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale(onStale, t('doors.toSee.changedMeanwhile'));
  const [decision, setDecision] = useState('');
  const [note, setNote] = useState('');
  const { list: listId, ticket, scans, decisions: after, isGone } = conflict;
  const idOf = (path: string): string => `${path}-${listId}-${ticket}`;
  const save = async (): Promise<void> => {
    requireTyped({ decision });
    const seen = scans.filter((scan) => (scan.isConflict || scan.doubt !== undefined) && !scan.isDecided);
    const inbox = await api('POST /api/organiser/events/{eventId}/check-in/conflicts/{listId}/{ticket}', {
      params: { eventId: event.id, listId, ticket },
      body: { decision: decision as Decision, scans: seen.map(({ scanId }) => scanId), after, ...filled({ note }) },
    });
    tell(t('doors.toSee.saved'));
    onClose();
    onChanged(inbox);
  };
  return (
    <FieldsForm
      send={t('doors.toSee.save')}
      busy={busy}
      error={error}
      labels={LABELS}
      idOf={idOf}
      onSend={() => change(save)}
      onCancel={onClose}
    >
      <DecisionField {...{ name: idOf('decision'), error: fieldError(error, 'decision'), decision, setDecision }} />
      {isGone && note === '' ? (
        <p class="hint">{t('doors.toSee.goneHint')}</p>
      ) : (
        <LongTextField
          name={idOf('note')}
          label={t('common.optional', { label: LABELS.note })}
          hint={isGone ? t('doors.toSee.goneHint') : t('doors.toSee.noteHint')}
          error={fieldError(error, 'note')}
          value={note}
          onChange={setNote}
        />
      )}
    </FieldsForm>
  );
}

type Scan = InboxConflict['scans'][number];

/** Scans of one ticket on one list, in the order in which they were made. */
function ConflictCard(props: ConflictProps) {
  const { list, ticket, scans } = props.conflict;
  const title = holderText(props.conflict);
  const heading = `conflict-${list}-${ticket}`;
  return (
    // No landmark: a hundred tickets that no registration has are called alike.
    <article class="card" aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      <p>
        {t('doors.toSee.at', { list: props.names.get(list) ?? list })}
        <Holder of={props.conflict} />
      </p>
      <ol class="list">
        {scans.map((scan) => (
          <ScanLine key={scan.scanId} scan={scan} />
        ))}
      </ol>
      <Disclosure label={t('doors.toSee.decide')} about={title}>
        {(close) => <DecideForm {...props} onClose={close} />}
      </Disclosure>
    </article>
  );
}

function ScanLine({ scan: { kind, at, device, isConflict, doubt, reason, isDecided } }: { readonly scan: Scan }) {
  const { event } = useDesk();
  return (
    <li>
      <div>
        <span class="time">{when(event, at, 'medium')}</span> {t(`doors.toSee.kind.${kind}`)}
        <small>{device === BY_HAND ? t('came.byHand') : device}</small>
        {reason !== undefined && <p>{t('doors.toSee.reason', { reason: deskReasonText(reason) })}</p>}
      </div>
      <div class="tick">
        {isConflict && <span class="tag new">{t('doors.toSee.conflict')}</span>}
        {doubt !== undefined && <span class="tag waits">{wordFor('doors.toSee.doubts', doubt) ?? doubt}</span>}
        {isDecided && <span class="tag handled">{t('doors.toSee.decided')}</span>}
      </div>
    </li>
  );
}

/** Scans that a person looks at, and what was said of others. */
export function InboxScreen() {
  const { event } = useDesk();
  const overview = useRead(event.id, useReader());
  const inbox = useEventRead('GET /api/organiser/events/{eventId}/check-in/conflicts');
  const alike = useEventRead('GET /api/organiser/events/{eventId}/check-in/conflicts-alike');
  const readAgain = async (): Promise<void> => {
    await Promise.all([inbox.reload(), alike.reload()]);
  };
  const onChanged: InboxProps['onChanged'] = (after) => {
    inbox.show(after);
    void alike.reload();
  };
  return (
    <>
      <Heading>{t('doors.toSee.title')}</Heading>
      <p>{t('doors.toSee.explain')}</p>
      <Show of={overview}>
        {(read) => (
          <Show of={inbox}>
            {({ conflicts, more, decisions }) => (
              // What is looked at one by one, and what is being typed there, is not to go where the other cannot be read again.
              <Waited of={alike}>
                <Show of={alike}>
                  {({ causes }) =>
                    causes.length > 0 && <Alike causes={causes} names={listNames(read)} onSettled={readAgain} />
                  }
                </Show>
                {conflicts.length === 0 && <p class="empty">{t('doors.toSee.none')}</p>}
                {conflicts.map((conflict) => (
                  <ConflictCard
                    key={`${conflict.list} ${conflict.ticket}`}
                    conflict={conflict}
                    names={listNames(read)}
                    onChanged={onChanged}
                    onStale={readAgain}
                  />
                ))}
                {more > 0 && <p class="note">{t('doors.toSee.more', { howMany: more })}</p>}
                {decisions.length > 0 && (
                  <DecidedTable
                    decisions={decisions}
                    names={listNames(read)}
                    onChanged={onChanged}
                    onStale={readAgain}
                  />
                )}
              </Waited>
            )}
          </Show>
        )}
      </Show>
      <HandOverList />
    </>
  );
}

interface WaitedProps<T> {
  readonly of: Loading<T>;
  readonly children: ComponentChildren;
}

/** Until it was read once, or cannot be, its place is not known. */
function Waited<T>({ of, children }: WaitedProps<T>) {
  return of.loaded.state === 'loading' ? <Show of={of}>{() => null}</Show> : children;
}

type Whose = Pick<InboxConflict, 'name' | 'reference' | 'isGone'>;

/** Whose ticket was scanned, as far as it is known and may be said. */
function holderText({ name, reference, isGone }: Whose): string {
  if (name !== undefined) return name;
  if (isGone) return t('doors.toSee.gone');
  return reference === undefined ? t('doors.toSee.nobody') : t('doors.toSee.unnamed');
}

/** The way to their registration; nothing where nobody has the ticket. */
function Holder({ of: { name, reference, isGone } }: { readonly of: Whose }) {
  const { event } = useDesk();
  if (reference === undefined || isGone) return null;
  return (
    <small>
      {name === undefined ? (
        <Reference of={reference} />
      ) : (
        <a href={registrationAddress(event.id, reference)}>
          <Reference of={reference} />
        </a>
      )}
    </small>
  );
}

interface DecidedTableProps extends InboxProps {
  readonly decisions: readonly InboxDecision[];
}

/** What was said so far, by whom, the last first. What holds can be opened again. */
const DecidedTable = ({ decisions, ...props }: DecidedTableProps) => (
  <section>
    <h2>{t('doors.toSee.before')}</h2>
    <table class="stacked">
      <TableHead
        columns={[t('doors.toSee.decision'), t('doors.toSee.who'), t('doors.toSee.by')]}
        unseen={t('doors.toSee.again')}
      />
      <tbody>
        {decisions.map((decided) => (
          <Row key={`${decided.at} ${decided.list} ${decided.ticket}`} decided={decided} {...props} />
        ))}
      </tbody>
    </table>
  </section>
);

interface RowProps extends InboxProps {
  readonly decided: InboxDecision;
}

function Row({ decided, ...props }: RowProps) {
  const { event } = useDesk();
  const { list, decision, note, at, by, isReplaced, mayOpenAgain } = decided;
  return (
    <tr>
      <th scope="row">
        {decision === 'open-again' ? t('doors.toSee.openedAgain') : t(`doors.toSee.decisions.${decision}`)}
        {isReplaced && <span class="tag cancelled">{t('doors.toSee.replaced')}</span>}
        {note !== undefined && <small class="told">{note}</small>}
      </th>
      <td data-label={t('doors.toSee.who')}>
        {holderText(decided)} <Holder of={decided} />
        <small>{props.names.get(list) ?? list}</small>
      </td>
      <td data-label={t('doors.toSee.by')}>
        {memberText(by)}
        <small class="time">{when(event, at)}</small>
      </td>
      <td class="act">{mayOpenAgain.length > 0 && <OpenAgain decided={decided} {...props} />}</td>
    </tr>
  );
}

/** Takes nothing away: one press. */
function OpenAgain({ decided, onChanged, onStale }: RowProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale(onStale, t('doors.toSee.changedMeanwhile'));
  const { list: listId, ticket, mayOpenAgain: scans, after } = decided;
  const open = async (): Promise<void> => {
    const inbox = await api('POST /api/organiser/events/{eventId}/check-in/conflicts/{listId}/{ticket}', {
      params: { eventId: event.id, listId, ticket },
      body: { decision: 'open-again', scans, after },
    });
    tell(t('doors.toSee.openedNow'));
    onChanged(inbox);
  };
  return (
    <>
      <Button
        kind="second"
        busy={busy}
        label={t('doors.toSee.againAt', { who: holderText(decided) })}
        onPress={() => change(open)}
      >
        {t('doors.toSee.again')}
      </Button>
      <FailureNote error={error} />
    </>
  );
}
