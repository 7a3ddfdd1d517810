import type * as z from 'zod';
import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import type { FeedbackForm } from '../form/form.ts';
import { OTHER } from '../result/groups.ts';
import type { PassGroup } from '../token/pass.ts';
import { answeredWith } from './answered.ts';
import { questionsFor, type SentFeedback } from './answers.ts';
import type { feedbackProof } from './feedback.schema.ts';

type Deps = Needs<'box' | 'publicKeysOf'>;

export type FeedbackProof = z.output<typeof feedbackProof>;

const MODES = ['in-person', 'online'];

interface Asked {
  readonly event: EventDefinition<string>;
  readonly form: FeedbackForm<string>;
}

/** For whom a proof was signed. @throws ProblemError `token-not-valid` */
export async function signedFor(
  { publicKeysOf }: Pick<Deps, 'publicKeysOf'>,
  { event, form }: Asked,
  { token, signature }: Pick<FeedbackProof, 'token' | 'signature'>,
): Promise<PassGroup> {
  const of = { eventId: event.id, form: form.id };
  const [bytes, signed] = [Buffer.from(token, 'base64url'), Buffer.from(signature, 'base64url')];
  const group = await publicKeysOf.signedFor(of, bytes, signed);
  if (group === undefined) throw new ProblemError('token-not-valid', { eventId: event.id });
  return group;
}

/**
 * Keeps what somebody answered who proves that they attended.
 *
 * @throws ProblemError `token-not-valid`, `token-spent`
 * @throws InvalidInputError with each answer that has to change: the token is not spent
 */
export async function take(
  deps: Deps,
  { event, form }: Asked,
  { token, signature, mode, category }: FeedbackProof,
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

/** Whoever came as one of a group that the event has no more cannot say another one, and would never be heard. */
const groupIn = ({ categories }: EventDefinition<string>, category: string): string =>
  categories.some(({ id }) => id === category) ? category : OTHER;
