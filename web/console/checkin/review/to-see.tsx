import { useState } from 'preact/hooks';
import { useDesk, useRead } from '../../desk.ts';
import type { BodyOf } from '../../kernel/api/routes.ts';
import { LongTextField, SelectField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { requireTyped } from '../../kernel/form/require-typed.ts';
import { filled } from '../../kernel/form/typed.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { Heading } from '../../kernel/parts/heading.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { useUnlessStale } from '../../kernel/parts/use-unless-stale.ts';
import { when } from '../../names.ts';
import { t, wordFor } from '../../words.ts';
import { HandOverList } from '../hand-over/hand-overs.tsx';
import { listNames, useReader } from '../overview.ts';
import type { Conflict, ConflictProps } from './answers.ts';
import { DecidedTable } from './decided.tsx';
import { Holder, holderText } from './holder.tsx';

type Decision = BodyOf<'POST /api/organiser/events/{eventId}/check-in/conflicts/{listId}/{ticket}'>['decision'];

const DECISIONS = ['same-person', 'someone-else', 'let-in', 'mistake'] as const;
const LABELS = { decision: t('doors.toSee.decision'), note: t('doors.toSee.note') };

/** What is said is of the scans that are shown, and of none that come later. */
function DecideForm({ conflict, onChanged, onStale, onClose }: ConflictProps & { readonly onClose: () => void }) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'out-of-date',
    onStale,
    words: t('doors.toSee.changedMeanwhile'),
  });
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
      <SelectField
        name={idOf('decision')}
        label={LABELS.decision}
        error={fieldError(error, 'decision')}
        choices={[
          ['', t('doors.toSee.choose')],
          ...DECISIONS.map((each) => [each, t(`doors.toSee.decisions.${each}`)] as const),
        ]}
        value={decision}
        onChange={setDecision}
      />
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

type Scan = Conflict['scans'][number];

/** Scans of one ticket on one list, in the order in which they were made. */
function ConflictCard(props: ConflictProps) {
  const { list, ticket, scans } = props.conflict;
  const title = holderText(props.conflict);
  const heading = `conflict-${list}-${ticket}`;
  return (
    <section class="card" aria-labelledby={heading}>
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
    </section>
  );
}

function ScanLine({ scan: { kind, at, device, isConflict, doubt, reason, isDecided } }: { readonly scan: Scan }) {
  const { event } = useDesk();
  return (
    <li>
      <div>
        <span class="time">{when(event, at, 'medium')}</span> {t(`doors.toSee.kind.${kind}`)}
        <small>{device}</small>
        {reason !== undefined && <p>{t('doors.toSee.reason', { reason })}</p>}
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
export function ToSee() {
  const { api, event } = useDesk();
  const overview = useRead(event.id, useReader());
  const inbox = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/check-in/conflicts', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{t('doors.toSee.title')}</Heading>
      <p>{t('doors.toSee.explain')}</p>
      <Show of={overview}>
        {(read) => (
          <Show of={inbox}>
            {({ conflicts, more, decisions }) => (
              <>
                {conflicts.length === 0 && <p class="empty">{t('doors.toSee.none')}</p>}
                {conflicts.map((conflict) => (
                  <ConflictCard
                    key={`${conflict.list} ${conflict.ticket}`}
                    conflict={conflict}
                    names={listNames(read)}
                    onChanged={inbox.show}
                    onStale={inbox.reload}
                  />
                ))}
                {more > 0 && <p class="note">{t('doors.toSee.more', { howMany: more })}</p>}
                {decisions.length > 0 && (
                  <DecidedTable
                    decisions={decisions}
                    names={listNames(read)}
                    onChanged={inbox.show}
                    onStale={inbox.reload}
                  />
                )}
              </>
            )}
          </Show>
        )}
      </Show>
      <HandOverList />
    </>
  );
}
