import { useState } from 'preact/hooks';
import { MOST_QUESTIONS, QUESTION_LETTERS } from '../../../../shared/registration/ask/asked.ts';
import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import { useDesk, useHas } from '../../desk.ts';
import { fieldError, LongTextField } from '../../kernel/form/field.tsx';
import { FieldsForm } from '../../kernel/form/form.tsx';
import { Disclosure } from '../../kernel/parts/buttons.tsx';
import { languageText, when } from '../../names.ts';
import { t } from '../../words.ts';
import { type OneProps, useRegistrationChange } from '../person/one.ts';

type Asked = NonNullable<OrganiserRegistration['asked']>[number];

/** What an applicant was asked and what they said, the newest first; nothing where they were asked nothing. */
export function AskedQuestions({ asked = [] }: Pick<OrganiserRegistration, 'asked'>) {
  const { event } = useDesk();
  const stateOf = ({ answeredAt, withdrawnAt }: Asked): string => {
    if (answeredAt !== undefined) return t('approvals.answeredAt', { instant: when(event, answeredAt) });
    return withdrawnAt === undefined
      ? t('approvals.notAnswered')
      : t('approvals.withdrawnAt', { instant: when(event, withdrawnAt) });
  };
  if (asked.length === 0) return null;
  return (
    <ul class="list questions">
      {asked.toReversed().map((each) => (
        <li key={each.askedAt}>
          <div>
            <p class="told">
              <b>{t('approvals.askedAt', { instant: when(event, each.askedAt) })}</b> <bdi>{each.text}</bdi>
            </p>
            <p class="told">
              <b>{stateOf(each)}</b> {each.answer !== undefined && <bdi>{each.answer}</bdi>}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

interface AskProps extends Pick<OneProps, 'onChanged' | 'onStale'> {
  readonly one: Pick<OrganiserRegistration, 'reference' | 'revision' | 'fullName' | 'language' | 'asked'>;
}

/** A question to an applicant. What was typed stays until it was sent. */
export function AskQuestion({ one, ...rest }: AskProps) {
  const { api, event } = useDesk();
  const { reference, revision, fullName: name, language, asked = [] } = one;
  const { busy, error, change } = useRegistrationChange(rest);
  const [text, setText] = useState('');
  const isOpen = asked.some(({ answeredAt, withdrawnAt }) => answeredAt === undefined && withdrawnAt === undefined);
  if (isOpen) return null;
  if (asked.length >= MOST_QUESTIONS) return <p>{t('approvals.askedEnough', { most: MOST_QUESTIONS })}</p>;
  const send = () =>
    api('POST /api/organiser/events/{eventId}/registrations/{reference}/question', {
      params: { eventId: event.id, reference },
      body: { text, revision },
    });
  const { least, most } = QUESTION_LETTERS;
  return (
    <Disclosure label={t('approvals.ask')}>
      {(close) => (
        <FieldsForm
          send={t('approvals.askNow')}
          busy={busy}
          error={error}
          labels={{ text: t('approvals.question') }}
          idOf={() => 'question'}
          onSend={() => change(send, () => t('approvals.asked', { name }))}
          onCancel={close}
        >
          <LongTextField
            name="question"
            label={t('approvals.question')}
            hint={t('approvals.questionHint', { language: languageText(language), least, most })}
            value={text}
            error={fieldError(error, 'text')}
            onChange={setText}
          />
        </FieldsForm>
      )}
    </Disclosure>
  );
}

/** On the page of someone who waits for a decision, or was asked something before one. */
export function AskedOnPage(props: OneProps) {
  const { one } = props;
  const decides = useHas('decide');
  const waits = one.status === 'pending-approval';
  if (!decides || (!waits && one.asked === undefined)) return null;
  return (
    <section aria-labelledby="asked">
      <h2 id="asked">{t('approvals.questions')}</h2>
      {one.ageBand === 'minor' ? (
        <p>{t('approvals.notOfMinors')}</p>
      ) : (
        <>
          <AskedQuestions asked={one.asked} />
          {waits && <AskQuestion {...props} />}
        </>
      )}
    </section>
  );
}
