import { feedbackPage } from '../../../web/site/feedback/feedback-page.ts';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import type { FormFields } from '../../kernel/http/body.ts';
import { orFormAgain } from '../../kernel/http/form-again.case.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { json, seeOther } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import type { FeedbackForm } from '../form/form.ts';
import { openForm } from '../form/open-form.case.ts';
import { OTHER } from '../result/groups.ts';
import type { PassGroup } from '../token/pass.ts';
import { answeredWith } from './answered.ts';
import { answersIn, questionsFor, type SentFeedback } from './answers.ts';
import type { FEEDBACK_ROUTES } from './feedback.routes.ts';
import { feedbackProof, type SentProof } from './feedback.schema.ts';

const PROOF = Object.keys(feedbackProof.shape);

/** The proof that a form came with; `undefined` where it has none, or no whole one. */
function proofIn(fields: FormFields): SentProof | undefined {
  const sent = PROOF.map((name) => [name, fields[name]?.length === 1 ? fields[name][0] : undefined]);
  return feedbackProof.safeParse(Object.fromEntries(sent)).data;
}

/** The HTML form: on to the thanks, or the form again with all that was typed, its token still good. */
export const postFeedbackForm =
  (deps: Needs<'box' | 'formsOf' | 'publicKeysOf' | 'system'>): Handle<typeof FEEDBACK_ROUTES.postFeedbackForm> =>
  async ({ params, body: fields, language: wanted, path }) => {
    const found = await openForm(deps, params, wanted);
    const { form, language } = found;
    const proof = proofIn(fields);
    if (proof === undefined) throw new ProblemError('token-not-valid', { eventId: params.eventId });
    const answer = async () => {
      await take(deps, found, proof, answersIn(form, fields, PROOF));
      return seeOther(`${path}/thanks?lang=${language}`);
    };
    let isYoung = false;
    const showAgain = async () => {
      isYoung = (await signedFor(deps, found, proof)) === 'young';
      return found;
    };
    return orFormAgain(answer, fields, showAgain, ({ event, t, values, problems }) => {
      // An attendee who may not answer in words cannot do away with a field for them, which would be refused again and again.
      const asked = { ...form, questions: questionsFor(form.questions, { isYoung }) };
      return feedbackPage({ event, form: asked, language, t, path, values, problems, proof, isYoung });
    });
  };

/** The same for programs. */
export const sendFeedback =
  (deps: Needs<'box' | 'formsOf' | 'publicKeysOf' | 'system'>): Handle<typeof FEEDBACK_ROUTES.sendFeedback> =>
  async ({ params, body: { answers, ...proof }, language }) => {
    await take(deps, await openForm(deps, params, language), proof, answers);
    return json(201, { taken: true });
  };

type TakeDeps = Needs<'box' | 'publicKeysOf'>;

const MODES = ['in-person', 'online'];

interface Asked {
  readonly event: EventDefinition<string>;
  readonly form: FeedbackForm<string>;
}

/** For whom a proof was signed. @throws ProblemError `token-not-valid` */
async function signedFor(
  { publicKeysOf }: Pick<TakeDeps, 'publicKeysOf'>,
  { event, form }: Asked,
  { token, signature }: Pick<SentProof, 'token' | 'signature'>,
): Promise<PassGroup> {
  const of = { eventId: event.id, form: form.id };
  const [bytes, signed] = [Buffer.from(token, 'base64url'), Buffer.from(signature, 'base64url')];
  const group = await publicKeysOf.signedFor(of, bytes, signed);
  if (group === undefined) throw new ProblemError('token-not-valid', { eventId: event.id });
  return group;
}

/**
 * Keeps the answers of an attendee who proves that they attended.
 *
 * @throws ProblemError `token-not-valid`, `token-spent`
 * @throws InvalidInputError with each answer that has to change: the token is not spent
 */
async function take(
  deps: TakeDeps,
  { event, form }: Asked,
  { token, signature, mode, category }: SentProof,
  sent: SentFeedback,
): Promise<void> {
  const group = await signedFor(deps, { event, form }, { token, signature });
  const answered = answeredWith(questionsFor(form.questions, { isYoung: group === 'young' }), sent);
  const wrong = modeIssues(mode);
  if ('issues' in answered) throw new InvalidInputError([...wrong, ...answered.issues]);
  if (wrong.length > 0) throw new InvalidInputError(wrong);
  const labels = { mode, category: groupIn(event, category) };
  const answer = { eventId: event.id, form: form.id, labels, ...answered };
  const refusals = await deps.box.answer(answer, Buffer.from(token, 'base64url'), retentionEnd(event));
  if (refusals.length > 0) throw new ProblemError('token-spent', { eventId: event.id });
}

const modeIssues = (mode: string): FieldIssue[] =>
  [...MODES, OTHER].includes(mode) ? [] : [{ path: 'mode', code: 'unknown-option' }];

/** An attendee who came as one of a group that the event has no more cannot say another one, and would never be heard. */
const groupIn = ({ categories }: EventDefinition<string>, category: string): string =>
  categories.some(({ id }) => id === category) ? category : OTHER;
