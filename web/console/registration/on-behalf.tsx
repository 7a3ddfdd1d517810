import { useState } from 'preact/hooks';
import { navigate, registrationAddress } from '../addresses.ts';
import { useAct, useDesk } from '../desk.ts';
import { ApiProblem } from '../kernel/api.ts';
import { ChecksField, fieldError, SelectField } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { attendeeLabels, titled, useAttendee } from '../kernel/form/person-fields.tsx';
import { useTyped } from '../kernel/form/typed.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { t } from '../words.ts';
import { type Answers, answersBody, QuestionFields, spokenQuestions } from './spoken-answers.tsx';

/** What everyone like them is asked: of that, what was said on the telephone. */
export function OnBehalf() {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [known, setKnown] = useState<string>();
  const ofForm = { ...attendeeLabels, ageBand: t('behalf.age') };
  const { typed, field } = useTyped({ ageBand: '' }, ofForm, error);
  const attendee = useAttendee(error);
  const [sessions, setSessions] = useState<readonly string[]>([]);
  const [answers, setAnswers] = useState<Answers>({});
  const [agreed, setAgreed] = useState<readonly string[]>([]);
  const offered = event.sessions.filter(({ signUp, day }) => signUp && attendee.days.includes(day));
  const consents = event.consents.filter(({ required }) => required);
  const about = { ...typed, ...attendee.typed, sessions };
  const questions = spokenQuestions(event, about, answers);
  const labels = {
    ...ofForm,
    sessions: t('fact.sessions'),
    ...Object.fromEntries(questions.map(({ id, title }) => [`answers.${id}`, title])),
    ...Object.fromEntries(consents.map(({ id, title }) => [`consents.${id}`, title])),
  };
  const register = async (): Promise<void> => {
    setKnown(undefined);
    const params = { eventId: event.id };
    try {
      const made = await api('POST /api/organiser/events/{eventId}/on-behalf', {
        params,
        body: {
          ageBand: typed.ageBand,
          ...attendee.body,
          sessions: sessions.filter((id) => offered.some((each) => each.id === id)),
          answers: answersBody(questions, answers),
          consents: Object.fromEntries(
            consents.flatMap(({ id, version }) => (agreed.includes(id) ? [[id, version]] : [])),
          ),
        },
      });
      navigate(registrationAddress(event.id, made.reference));
      tell(t(`behalf.done.${STANDS[made.status] ?? 'waits'}`, { name: made.fullName }));
    } catch (failure) {
      const isKnown = failure instanceof ApiProblem && failure.errors.some(({ code }) => code === 'already-registered');
      if (isKnown) {
        const email = attendee.email.trim();
        const found = await api('POST /api/organiser/events/{eventId}/people/by-address', { params, body: { email } });
        setKnown(found.reference);
      }
      throw failure;
    }
  };
  return (
    <>
      <Heading>{t('page.on-behalf')}</Heading>
      <p>{t('behalf.explain')}</p>
      <FieldsForm send={t('behalf.send')} busy={busy} error={error} labels={labels} onSend={() => run(register)}>
        {known !== undefined && (
          <p class="note">
            <a href={registrationAddress(event.id, known)}>{t('behalf.known')}</a>
          </p>
        )}
        <SelectField
          {...field('ageBand')}
          hint={t('behalf.ageHint')}
          choices={[
            ['', t('behalf.choose')],
            ['adult', t('behalf.adult')],
            ['minor', t('behalf.minor')],
          ]}
        />
        {typed.ageBand === 'minor' && <ForGuardians />}
        {attendee.fields}
        {offered.length > 0 && (
          <ChecksField
            name="sessions"
            label={labels.sessions}
            choices={titled(offered)}
            chosen={sessions}
            error={fieldError(error, 'sessions')}
            onChange={setSessions}
          />
        )}
        <QuestionFields questions={questions} answers={answers} error={error} onChange={setAnswers} />
        <h2>{t('behalf.consents')}</h2>
        <p>{t('behalf.consentsExplain')}</p>
        {consents.map(({ id, title, agreement, points }) => (
          <div key={id}>
            <h3>{title}</h3>
            {points.length > 0 && (
              <ul>
                {points.map((point) => (
                  <li key={point}>{point}</li>
                ))}
              </ul>
            )}
            <ChecksField
              name={`consents.${id}`}
              label={agreement}
              choices={[[id, t('behalf.saidYes')]]}
              chosen={agreed}
              error={fieldError(error, `consents.${id}`)}
              onChange={(chosen) => setAgreed([...agreed.filter((each) => each !== id), ...chosen])}
            />
          </div>
        ))}
      </FieldsForm>
    </>
  );
}

/** How they stand, as it is said once they are registered. */
const STANDS: Readonly<Record<string, 'confirmed' | 'waitlisted' | 'waits'>> = {
  confirmed: 'confirmed',
  waitlisted: 'waitlisted',
};

/** What to do for someone under 18, who is registered by a form of their own. */
function ForGuardians() {
  const { event } = useDesk();
  if (event.minors === undefined) return <p class="note warn">{t('behalf.adultsOnly')}</p>;
  const form = new URL(`/e/${event.id}/register/young`, location.href).href;
  return (
    <p class="note warn">
      {t('behalf.forGuardians')} <a href={form}>{form}</a>
    </p>
  );
}
