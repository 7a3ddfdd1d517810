import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useAct, useDesk } from '../../desk.ts';
import { type AnswerOf, isProblem } from '../../kernel/api.ts';
import { FieldsForm } from '../../kernel/form/form.tsx';
import { Button } from '../../kernel/parts/buttons.tsx';
import { titleIn } from '../../names.ts';
import { t } from '../../words.ts';
import { ChangeFields, changeFieldId, changeLabels } from './change-fields.tsx';
import { changesOf, questionsOf, type Touched, UNTOUCHED } from './change-form.ts';
import type { OneProps } from './one.ts';

type Preview = AnswerOf<'POST /api/organiser/events/{eventId}/registrations/{reference}/amendment'>;
type SeatChange = Preview['outcome']['seats'][number];

interface ChangeOneProps extends OneProps {
  readonly onClose: () => void;
}

/**
 * What someone said, changed for them who call: first what that does is shown, then it is done. What someone else does meanwhile takes nothing
 * of what was typed.
 */
export function ChangeOne({ one, onChanged, onStale, onClose }: ChangeOneProps) {
  const { api, event, grants, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [touched, setTouched] = useState<Touched>(UNTOUCHED);
  const [preview, setPreview] = useState<Preview>();
  const form = useRef<HTMLDivElement>(null);
  // It is fetched when it is opened: the focus goes into it as soon as it is there.
  useLayoutEffect(() => form.current?.querySelector('input')?.focus(), []);
  const params = { eventId: event.id, reference: one.reference };
  const sent = { ...changesOf(event, one, touched), revision: one.revision };
  const look = () =>
    api('POST /api/organiser/events/{eventId}/registrations/{reference}/amendment', { params, body: sent });
  const kept = async (words: string): Promise<void> => {
    setPreview(undefined);
    await onStale();
    tell(words, 'warn');
  };
  const unlessStale = (make: () => Promise<void>): Promise<void> =>
    run(() =>
      make().catch(async (problem) => {
        if (isProblem(problem, 'changed-meanwhile')) return kept(t('amend.stale'));
        setPreview(undefined);
        if (!isProblem(problem, 'preview-differs')) throw problem;
        setPreview(await look());
        tell(t('amend.differs'), 'warn');
      }),
    );
  const show = async (): Promise<void> => {
    setPreview(undefined);
    setPreview(await look());
  };
  const change = async (promised: Preview['outcome'], isToTell: boolean): Promise<void> => {
    const after = await api('PUT /api/organiser/events/{eventId}/registrations/{reference}', {
      params,
      body: { ...sent, tell: isToTell, promised },
    });
    const isTold = isToTell && after.email !== '';
    tell(t(isTold ? 'amend.doneTold' : 'amend.doneUntold', { name: after.fullName }));
    onClose();
    onChanged(after);
  };
  return (
    <div ref={form}>
      <FieldsForm
        send={t('amend.look')}
        busy={busy}
        error={error}
        labels={changeLabels(questionsOf(event, grants, one, touched))}
        idOf={changeFieldId}
        onSend={() => unlessStale(show)}
        onCancel={onClose}
      >
        <ChangeFields
          one={one}
          touched={touched}
          error={error}
          onChange={(next) => {
            setTouched(next);
            setPreview(undefined);
          }}
        />
      </FieldsForm>
      {preview && (
        <WhatItDoes
          preview={preview}
          status={one.status}
          hasAddress={one.email !== ''}
          busy={busy}
          onPress={(isToTell) => unlessStale(() => change(preview.outcome, isToTell))}
        />
      )}
    </div>
  );
}

interface WhatItDoesProps {
  readonly preview: Preview;
  /** As it is before. */
  readonly status: OneProps['one']['status'];
  readonly hasAddress: boolean;
  readonly busy: boolean;
  readonly onPress: (isToTell: boolean) => void;
}

/** What a change leads to, and the buttons that make it. Reading goes on here. */
function WhatItDoes({ preview, status, hasAddress, busy, onPress }: WhatItDoesProps) {
  const { event } = useDesk();
  const { outcome, changes, toldAnyway } = preview;
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), [preview]);
  const lines = [
    outcome.status === status
      ? t('amend.stays', { status: t(`status.${status}`) })
      : t('amend.becomes', { status: t(`status.${outcome.status}`), former: t(`status.${status}`) }),
    ...(outcome.status === 'pending-approval' && status !== outcome.status ? [t('amend.approval')] : []),
    ...(outcome.meanwhile ? [t('one.meanwhile')] : []),
    ...outcome.seats.map((seat) => seatText(seat, titleIn(event.quotas, seat.quota))),
    ...outcome.dropped.map((id) => t('amend.dropped', { title: titleIn(event.questions, id) })),
    ...(outcome.days ?? []).map((id) => t('amend.gone', { title: titleIn(event.days, id) })),
    ...(outcome.sessions ?? []).map((id) => t('amend.gone', { title: titleIn(event.sessions, id) })),
    ...(outcome.chaperone ? [t(`amend.chaperone.${outcome.chaperone}`)] : []),
    ...(toldAnyway && hasAddress ? [t('amend.toldAnyway')] : []),
    ...(hasAddress ? [] : [t('amend.noAddress')]),
  ];
  return (
    <section aria-labelledby="amend-does">
      <h4 id="amend-does" ref={heading} tabIndex={-1}>
        {t('amend.does')}
      </h4>
      {changes ? (
        <>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p class="buttons">
            <Button busy={busy} onPress={() => onPress(true)}>
              {t(hasAddress ? 'amend.tell' : 'amend.change')}
            </Button>
            {hasAddress && !toldAnyway && (
              <Button kind="second" busy={busy} onPress={() => onPress(false)}>
                {t('amend.doNotTell')}
              </Button>
            )}
          </p>
        </>
      ) : (
        <p>{t('amend.nothing')}</p>
      )}
    </section>
  );
}

function seatText({ was, is }: SeatChange, quota: string): string {
  if (is === undefined) return t(was === 'taken' ? 'amend.seat.back' : 'amend.seat.leaves', { quota });
  if (is === 'waiting') return t(was === 'waiting' ? 'amend.seat.waitsStill' : 'amend.seat.waits', { quota });
  return t(was === 'taken' ? 'amend.seat.kept' : 'amend.seat.taken', { quota });
}
