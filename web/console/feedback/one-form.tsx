import { useState } from 'preact/hooks';
import { isHardlyScanned } from '../../../shared/feedback/form/attended.ts';
import type { MayAnswer } from '../../../shared/feedback/result/feedback-results.schema.ts';
import { localTimeOf } from '../../../shared/kernel/text/zoned-time.ts';
import { FOR_CHAIR, FOR_ROOM, feedbackAddress } from '../addresses.ts';
import { useDesk, useHas } from '../desk.ts';
import type { BodyOf } from '../kernel/api.ts';
import { fieldError } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { SaveTable } from '../kernel/form/save-table.tsx';
import { DigitsInput, instantTyped, requireTyped } from '../kernel/form/typed.tsx';
import { Confirmation, Disclosure } from '../kernel/parts/buttons.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import { Heading } from '../kernel/parts/page.tsx';
import { isMissing, Show, useLive } from '../kernel/parts/show.tsx';
import { when, zoneName } from '../names.ts';
import { t } from '../words.ts';
import { formName, mayAnswerText, numbersInWords, type Results, standingText, useResultsReader } from './form.ts';
import { Numbers, Texts } from './results.tsx';

interface WhoMayAnswerProps {
  readonly form: Results & { readonly mayAnswer: MayAnswer };
  readonly onChanged: () => Promise<void>;
}

/** Who may answer about a session, in numbers where there are any, and what an organiser may say about it. */
function WhoMayAnswer(props: WhoMayAnswerProps) {
  const { now } = useDesk();
  const mayDecide = useHas('edit-event');
  const { mayAnswer, standing, lastMoment } = props.form;
  const isOver = now() >= Date.parse(lastMoment);
  return (
    <section>
      <h2>{isOver ? t('feedback.may.titleOver') : t('feedback.may.title')}</h2>
      <p>{mayAnswerText(mayAnswer)}</p>
      {mayAnswer.isClosed && mayAnswer.by === 'day' && <p>{t('feedback.may.isClosed')}</p>}
      {!isOver && (
        <>
          {/* Before it opens, people may still be on their way to the door. */}
          {standing !== 'not-yet' && isHardlyScanned(mayAnswer) && <p class="note warn">{t('feedback.may.hardly')}</p>}
          <p class="hint">
            {mayAnswer.set === undefined ? t(`feedback.may.follows.${mayAnswer.by}`) : t('feedback.may.isSet')}
          </p>
          {mayDecide && <Choices {...props} />}
        </>
      )}
    </section>
  );
}

function Choices({ form, onChanged }: WhoMayAnswerProps) {
  const { set = 'usual' } = form.mayAnswer;
  const { busy, error, send } = useFormChange(form, onChanged);
  // Which buttons there are follows from what is set: after a press others take their place.
  return (
    <div class="buttons" key={set}>
      {(['day', 'door', 'usual'] as const)
        .filter((by) => by !== set)
        .map((by) => (
          <Confirmation
            key={by}
            {...{ busy, error }}
            label={t(`feedback.may.choices.${by}.label`)}
            follows={t(`feedback.may.choices.${by}.follows`)}
            now={t(`feedback.may.choices.${by}.now`)}
            onPress={() =>
              send({ kind: 'attended-by', by }, t(`feedback.may.choices.${by}.done`, { form: formName(form) }))
            }
          />
        ))}
    </div>
  );
}

/** One form: how it stands, and what it came to so far, as it happens. */
export function OneForm({ id }: { readonly id: string }) {
  const live = useLive(id, useResultsReader(id));
  if (isMissing(live)) return <Heading>{t('feedback.form.notFound')}</Heading>;
  return (
    <Show of={live}>
      {(results) => (
        <>
          <Heading>{formName(results)}</Heading>
          {live.isOld && <p class="note warn">{t('feedback.old')}</p>}
          <FormStatus form={results} onChanged={live.reload} />
          <Ways id={id} />
          {results.mayAnswer && (
            <WhoMayAnswer form={{ ...results, mayAnswer: results.mayAnswer }} onChanged={live.reload} />
          )}
          <Numbers results={results} />
          {results.asked.length > 0 && <Texts id={id} />}
        </>
      )}
    </Show>
  );
}

/** Where else its numbers go. */
function Ways({ id }: { readonly id: string }) {
  const { api, event } = useDesk();
  const params = { eventId: event.id, formId: id };
  return (
    <div class="buttons">
      <a class="button second" href={feedbackAddress(event.id, FOR_ROOM + id)}>
        {t('feedback.form.room')}
      </a>
      <a class="button second" href={feedbackAddress(event.id, FOR_CHAIR + id)}>
        {t('feedback.form.chair')}
      </a>
      <SaveTable
        label={t('feedback.form.save')}
        about={[id]}
        inWords={numbersInWords}
        load={() => api('GET /api/organiser/events/{eventId}/feedback/{formId}/numbers.csv', { params })}
        saved={t('feedback.form.saved')}
      />
    </div>
  );
}

interface OpenAtProps {
  readonly form: Results;
  readonly busy: boolean;
  readonly error: unknown;
  /** @param at as it was typed */
  readonly onSend: (at: string) => Promise<void>;
  readonly onClose: () => void;
}

/** The time is typed as clocks at the event show it. */
function OpenAt({ form, busy, error, onSend, onClose }: OpenAtProps) {
  const { event } = useDesk();
  const { timeZone } = event;
  const [at, setAt] = useState(localTimeOf(form.opensAt, timeZone));
  return (
    <FieldsForm
      send={t('feedback.form.setTime')}
      busy={busy}
      error={error}
      labels={{ at: t('feedback.form.at') }}
      onSend={() => onSend(at)}
      onCancel={onClose}
    >
      <DigitsInput
        as="moment"
        name="at"
        label={t('feedback.form.at')}
        hint={t('feedback.form.atHint', { zone: zoneName(event), last: when(event, form.lastMoment) })}
        value={at}
        error={fieldError(error, 'at')}
        onChange={setAt}
      />
    </FieldsForm>
  );
}

interface FormStateProps {
  readonly form: Results;
  readonly onChanged: () => Promise<void>;
}

/** How a form stands, and what an organiser may do about it. */
export function FormStatus(props: FormStateProps) {
  const { event, now } = useDesk();
  const mayDecide = useHas('edit-event');
  const { standing, lastMoment } = props.form;
  const isOver = now() >= Date.parse(lastMoment);
  return (
    <>
      <p>
        <span class={`tag ${standing === 'open' ? 'confirmed' : ''}`}>{t(`feedback.standings.${standing}`)}</span>{' '}
        {isOver ? t('feedback.form.over', { at: when(event, lastMoment) }) : standingText(event, props.form)}
      </p>
      {mayDecide && !isOver && <Buttons {...props} />}
    </>
  );
}

function Buttons({ form, onChanged }: FormStateProps) {
  const { standing } = form;
  const { timeZone } = useDesk().event;
  const title = formName(form);
  const { busy, error, send } = useFormChange(form, onChanged);
  const sure = { busy, error };
  const openAt = (at: string): Wanted => {
    requireTyped({ at }, { moment: { at } });
    return { kind: 'open-at', at: instantTyped(at, timeZone, form.opensAt) };
  };
  const again = standing === 'closed';
  // Which buttons there are follows from how it stands: after a press others take their place.
  return (
    <div class="buttons" key={standing}>
      {(standing === 'not-yet' || again) && (
        <>
          <Confirmation
            {...sure}
            label={again ? t('feedback.form.reopen') : t('feedback.form.open')}
            follows={again ? t('feedback.form.reopenFollows') : t('feedback.form.openFollows')}
            now={t('feedback.form.openNow')}
            onPress={() => send({ kind: 'open' }, t('feedback.form.opened', { form: title }))}
          />
          <Disclosure label={t('feedback.form.openAt')}>
            {(close) => (
              <OpenAt
                form={form}
                {...sure}
                onClose={close}
                onSend={(at) => send(() => openAt(at), t('feedback.form.timeSet', { form: title }))}
              />
            )}
          </Disclosure>
        </>
      )}
      {standing === 'open' && (
        <Confirmation
          {...sure}
          label={t('feedback.form.close')}
          follows={t('feedback.form.closeFollows')}
          now={t('feedback.form.closeNow')}
          onPress={() => send({ kind: 'close' }, t('feedback.form.closed', { form: title }))}
        />
      )}
      {standing === 'off' ? (
        <Confirmation
          {...sure}
          label={t('feedback.form.on')}
          follows={t('feedback.form.onFollows')}
          now={t('feedback.form.onNow')}
          onPress={() => send({ kind: 'on' }, t('feedback.form.onDone', { form: title }))}
        />
      ) : (
        <Confirmation
          {...sure}
          kind="danger"
          label={t('feedback.form.off')}
          follows={t('feedback.form.offFollows')}
          now={t('feedback.form.offNow')}
          onPress={() => send({ kind: 'off' }, t('feedback.form.offDone', { form: title }))}
        />
      )}
    </div>
  );
}

type Change = BodyOf<'POST /api/organiser/events/{eventId}/feedback/{formId}/changes'>;
type Wanted = DistributiveOmit<Change, 'revision'>;

/** Every change is of what was looked at: where another member was faster, theirs is shown. */
export function useFormChange({ id, revision }: Pick<Results, 'id' | 'revision'>, onChanged: () => Promise<void>) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale(onChanged, t('feedback.form.changedMeanwhile'));
  /** @param wanted or what reads it from what was typed, and may throw */
  const send = (wanted: Wanted | (() => Wanted), done: string): Promise<void> =>
    change(async () => {
      const params = { eventId: event.id, formId: id };
      const body = { ...(typeof wanted === 'function' ? wanted() : wanted), revision };
      await api('POST /api/organiser/events/{eventId}/feedback/{formId}/changes', { params, body });
      await onChanged();
      tell(done);
    });
  return { busy, error, send };
}

type DistributiveOmit<T, Name extends keyof T> = T extends unknown ? Omit<T, Name> : never;
