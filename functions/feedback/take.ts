import type * as z from 'zod';
import type { feedbackProof } from '../../shared/contract/feedback.ts';
import type { EventDefinition } from '../../shared/domain/event.ts';
import { retentionEnd } from '../../shared/domain/event-times.ts';
import { checkFeedback, questionsFor, type SentFeedback, textsOf } from '../../shared/domain/feedback/answers.ts';
import type { FeedbackForm } from '../../shared/domain/feedback/form.ts';
import { OTHER } from '../../shared/domain/feedback/groups.ts';
import type { PassGroup } from '../../shared/domain/feedback/pass.ts';
import { tallied } from '../../shared/domain/feedback/tally.ts';
import type { FieldIssue } from '../../shared/domain/field-problem.ts';
import { InvalidInputError, ProblemError } from '../../shared/errors.ts';
import type { Deps } from './deps.ts';

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
 * Counts what somebody answered who proves that they attended.
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
  const questions = questionsFor(form.questions, { isYoung: group === 'young' });
  const { answers, issues } = checkFeedback(questions, sent);
  const wrong = [...modeIssues(mode), ...issues];
  if (wrong.length > 0) throw new InvalidInputError(wrong);
  const [first] = questions;
  // Whoever says nothing has still their word to say.
  if (Object.keys(answers).length === 0 && first !== undefined)
    throw new InvalidInputError([{ path: `answers.${first.id}`, code: 'required' }]);
  const taken = await deps.store.answer(
    {
      ...{ eventId: event.id, form: form.id, token: Buffer.from(token, 'base64url') },
      labels: { mode, category: groupIn(event, category) },
      tally: tallied(questions, answers),
      texts: textsOf(questions, answers),
    },
    retentionEnd(event),
  );
  if (taken === 'spent-before') throw new ProblemError('token-spent', { eventId: event.id });
}

const modeIssues = (mode: string): FieldIssue[] =>
  [...MODES, OTHER].includes(mode) ? [] : [{ path: 'mode', code: 'unknown-option' }];

/** Whoever came as one of a group that the event has no more cannot say another one, and would never be heard. */
const groupIn = ({ categories }: EventDefinition<string>, category: string): string =>
  categories.some(({ id }) => id === category) ? category : OTHER;
