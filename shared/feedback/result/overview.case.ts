import { isDeepStrictEqual } from 'node:util';
import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json, type Reply } from '../../kernel/http/reply.ts';
import { formatInstant } from '../../kernel/i18n/formats.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { doesNotFit, unfit } from '../../kernel/text/field-problem.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import type { Words } from '../answer/answer.store.ts';
import type { SealedAnswer } from '../feedback-items.schema.ts';
import { changedForm, type FormRefusal } from '../form/form-change.ts';
import { putFormSettings } from '../form/form-settings.store.ts';
import { formNamed, formsNow, hasBegun, viewOfForm } from '../form/forms.case.ts';
import { type AttendanceDeps, attendance } from './attended.case.ts';
import type { Shown } from './feedback.store.ts';
import type { FEEDBACK_RESULTS_ROUTES } from './feedback-results.routes.ts';
import { LEAST_GROUP } from './groups.ts';
import { publish, withAnswers } from './published.ts';

type OverviewDeps = AttendanceDeps & Needs<'events' | 'feedback'>;

export const listFeedback =
  (deps: OverviewDeps): Permitted<typeof FEEDBACK_RESULTS_ROUTES.listFeedback> =>
  async ({ params: { eventId }, language }) =>
    overviewReply(deps, (await eventOf(deps, eventId, language)).event);

/** All forms as they are now, and how many answered each, as far as that may be shown. */
async function overviewReply(deps: OverviewDeps, event: EventDefinition<string>): Promise<Reply> {
  const { id: eventId } = event;
  const [{ forms, revision }, { attendedBy, mayAnswer }] = await Promise.all([
    formsNow(deps, event),
    attendance(deps, event),
  ]);
  const now = deps.system.now().getTime();
  const views = forms.map(async (form) => {
    // Nobody answers a form that is still to open.
    const [{ published }, attended] = hasBegun(form, now)
      ? await Promise.all([nextStep(deps, event, form.id), attendedBy(form)])
      : [await deps.feedback.shown({ eventId, form: form.id }), undefined];
    return viewOfForm(deps, event, form, {
      ...{ answers: published.all.answers, attended, mayAnswer: mayAnswer(form) },
    });
  });
  return json(200, { revision, forms: await Promise.all(views) });
}

type NextStepDeps = Needs<'feedback' | 'system'>;

/** What a step is made with. */
interface StepDeps extends Pick<NextStepDeps, 'system'> {
  readonly feedback: Pick<NextStepDeps['feedback'], 'shown' | 'waiting' | 'open' | 'ledgerOf' | 'move'>;
}

/** Steps that one look makes: 1,900 answers. What waits besides is for the next one. */
const MOST_STEPS = 20;
/** How often it begins again where others look as well: theirs is shown then. */
const MOST_LOST = 6;

/**
 * What is shown of a form now. The first member to look after five more answered opens what they said, all at once, for everyone: of two
 * who look at once one does, and the other is shown the same. Answers are opened by fives, so that up to four always wait, no matter whose.
 *
 * @param form its id
 */
export async function nextStep(
  { feedback, system }: StepDeps,
  event: EventDefinition<unknown>,
  form: string,
): Promise<Shown> {
  const of = { eventId: event.id, form };
  let lost = 0;
  for (let steps = 0; ; ) {
    const [before, waiting] = await Promise.all([feedback.shown(of), feedback.waiting(of)]);
    const opened = waiting.slice(0, waiting.length - (waiting.length % LEAST_GROUP));
    if (opened.length === 0 || steps >= MOST_STEPS || lost >= MOST_LOST) return before;
    const [ledger, answers] = await Promise.all([feedback.ledgerOf(of, before), feedback.open(of, opened)]);
    const answered = withAnswers(ledger, answers);
    const shown = { published: publish(before.published, answered), revision: before.revision };
    const step = { shown, answered, opened, words: wordsOf(answers) };
    if (await feedback.move(of, step, retentionEnd(event))) steps += 1;
    else {
      lost += 1;
      await system.backOff(lost);
    }
  }
}

/** Each question's by the alphabet, so that nothing tells what belongs together. */
function wordsOf(answers: readonly SealedAnswer[]): Words {
  const texts: Record<string, string[]> = {};
  for (const [question, text] of answers.flatMap((each) => Object.entries(each.texts)))
    texts[question] = [...(texts[question] ?? []), text];
  return Object.fromEntries(Object.entries(texts).map(([question, all]) => [question, all.sort()]));
}

/** A form that stands already as it is wanted is a success, whatever was looked at. */
export const changeForm =
  (deps: OverviewDeps & Needs<'attempt' | 'auditTable'>): Permitted<typeof FEEDBACK_RESULTS_ROUTES.changeForm> =>
  async ({ params: { eventId, formId }, body: { revision: seen, ...change }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const { forms, settings, revision } = await formsNow(deps, event);
    const form = formNamed(forms, formId);
    const before = settings[formId] ?? {};
    const { lastMoment } = form;
    const changed = changedForm(form, before, change, { lastMoment, now: deps.system.now().getTime() });
    if ('refused' in changed)
      throw refusal(changed.refused, () => formatInstant(new Date(lastMoment).toISOString(), language, event.timeZone));
    const set = { ...settings, [formId]: changed.setting };
    if (isDeepStrictEqual(definite(changed.setting), definite(before))) return overviewReply(deps, event);
    if (revision !== seen) throw new ProblemError('out-of-date');
    const refusals = await deps.attempt([
      putFormSettings(deps.registry, eventId, { settings: set, revision }),
      audited(deps, event, caller, 'change-feedback', formId),
    ]);
    if (refusals.length > 0) throw new ProblemError('out-of-date');
    return overviewReply(deps, event);
  };

/** @param until until when answers are taken, as the reader says it */
function refusal(refused: FormRefusal, until: () => string): Error {
  switch (refused) {
    case 'too-late':
      return new InvalidInputError([doesNotFit('at', unfit('form-too-late', { until: until() }))]);
    case 'of-no-session':
      return new InvalidInputError([doesNotFit('kind', unfit('form-of-event'))]);
    case 'feedback-over':
    case 'form-not-open':
      return new ProblemError(refused);
  }
}

/** What is said to be nothing is as good as not said. */
const definite = (setting: object): object =>
  Object.fromEntries(Object.entries(setting).filter(([, value]) => value !== undefined));
