import { isHardlyScanned } from '../../../shared/feedback/form/attended.ts';
import type { MayAnswer } from '../../../shared/feedback/result/feedback-results.schema.ts';
import { FOR_CHAIR, FOR_ROOM, feedbackAddress } from '../addresses.ts';
import { useDesk, useHas } from '../desk.ts';
import { isProblem } from '../kernel/api.ts';
import { SaveTable } from '../kernel/form/save-table.tsx';
import { Confirmation } from '../kernel/parts/buttons.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Show, useLive } from '../kernel/parts/show.tsx';
import { t } from '../words.ts';
import { formName, mayAnswerText, type Results, useResultsReader } from './form.ts';
import { FormStatus, useFormChange } from './form-state.tsx';
import { Numbers, Texts } from './results.tsx';

interface WhoMayAnswerProps {
  readonly form: Results & { readonly mayAnswer: MayAnswer };
  readonly onChanged: () => Promise<void>;
}

/** Who may answer about a session, in numbers where there are any, and what an organiser may say about it. */
function WhoMayAnswer(props: WhoMayAnswerProps) {
  const { now } = useDesk();
  const mayDecide = useHas('organiser');
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
  const { loaded } = live;
  if (loaded.state === 'failed' && isProblem(loaded.error, 'not-found')) {
    return <Heading>{t('feedback.form.notFound')}</Heading>;
  }
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
        name={`${event.id}-${id}.csv`}
        load={() => api('GET /api/organiser/events/{eventId}/feedback/{formId}/numbers.csv', { params })}
        saved={t('feedback.form.saved')}
      />
    </div>
  );
}
