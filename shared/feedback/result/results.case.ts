import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { formNamed, formsNow, hasBegun, viewOfForm } from '../form/forms.case.ts';
import type { FeedbackQuestion } from '../form/rules.ts';
import { attendance, attendedWith } from './attended.case.ts';
import { nextStep } from './next-step.case.ts';
import { type Breakdown, DIMENSIONS, type Dimension } from './published.ts';
import { distributionOf, type Tally } from './tally.ts';

type Deps = Needs<'client' | 'counts' | 'events' | 'everyone' | 'feedback' | 'registry' | 'system'>;

type Question = FeedbackQuestion<string>;
type Counted = Question & { readonly type: Exclude<Question['type'], 'text'> };

export const showFeedback =
  (deps: Deps): Permitted<'showFeedback'> =>
  async ({ params: { eventId, formId }, language }) => {
    const { event } = await eventOf(deps, eventId, language);
    return json(200, await resultsOf(deps, event, formId));
  };

/** All numbers of one form, as far as they may be shown. @throws ProblemError `not-found` */
export async function resultsOf(deps: Deps, event: EventDefinition<string>, formId: string) {
  const [{ forms, revision }, { attendedBy, mayAnswer }] = await Promise.all([
    formsNow(deps, event),
    attendance(deps, event),
  ]);
  const form = formNamed(forms, formId);
  const [{ published }, attended] = await Promise.all([
    nextStep(deps, event, formId),
    hasBegun(form, deps.system.now().getTime()) ? attendedBy(form) : undefined,
  ]);
  const counted = form.questions.filter((question): question is Counted => question.type !== 'text');
  const told = (tally: Tally) => counted.map((question) => ({ id: question.id, ...distributionOf(question, tally) }));
  const breakdown = (dimension: Dimension, { answers, blocks }: Breakdown) => ({
    answers,
    blocks: blocks.map(({ labels, ...tally }) => ({
      labels,
      answers: tally.answers,
      ...(attended && { attended: attendedWith(attended, dimension, labels) }),
      questions: told(tally),
    })),
  });
  return {
    ...viewOfForm(deps, event, form, {
      ...{ answers: published.all.answers, attended, mayAnswer: mayAnswer(form) },
    }),
    revision,
    questions: counted.map((question) => ({
      ...{ id: question.id, title: question.title, type: question.type },
      options: question.options ?? [],
      ...distributionOf(question, published.all),
    })),
    by: Object.fromEntries(DIMENSIONS.map((each) => [each, breakdown(each, published.by[each])])) as Readonly<
      Record<Dimension, ReturnType<typeof breakdown>>
    >,
    asked: form.questions.filter(({ type }) => type === 'text').map(({ id, title }) => ({ id, title })),
  };
}
