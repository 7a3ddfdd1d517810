import type { FeedbackQuestion } from '../../event/definition/feedback-rules.ts';
import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { json, table, tableOf } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { csvOf } from '../../kernel/text/csv.ts';
import { localDate } from '../../kernel/text/zoned-time.ts';
import { noteRead } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import type { Breakdown, Tally } from '../feedback-items.schema.ts';
import { formNamed, formsNow, hasBegun, viewOfForm } from '../form/forms.case.ts';
import { type AttendanceDeps, attendance, attendedWith } from './attended.case.ts';
import type { FEEDBACK_RESULTS_ROUTES } from './feedback-results.routes.ts';
import { OTHER } from './groups.ts';
import { nextStep } from './overview.case.ts';
import { DIMENSIONS, type Dimension } from './published.ts';
import { distributionOf } from './tally.ts';

type ResultsDeps = AttendanceDeps & Needs<'events' | 'feedback'>;

type Question = FeedbackQuestion<string>;
type Counted = Question & { readonly type: Exclude<Question['type'], 'text'> };

export const showFeedback =
  (deps: ResultsDeps): Permitted<typeof FEEDBACK_RESULTS_ROUTES.showFeedback> =>
  async ({ params: { eventId, formId }, language }) => {
    const { event } = await eventOf(deps, eventId, language);
    return json(200, await resultsOf(deps, event, formId));
  };

/** All numbers of one form, as far as they may be shown. @throws ProblemError `not-found` */
async function resultsOf(deps: ResultsDeps, event: EventDefinition<string>, formId: string) {
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

type TextsDeps = Needs<'auditTable' | 'client' | 'events' | 'feedback' | 'registry' | 'system' | 'write'>;

export const listFeedbackTexts =
  (deps: TextsDeps): Permitted<typeof FEEDBACK_RESULTS_ROUTES.listFeedbackTexts> =>
  async ({ params: { eventId, formId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const questions = await textsOf(deps, event, formId);
    await noteRead(deps, event, caller, 'read-texts', formId);
    return json(200, { questions });
  };

export const exportFeedbackTexts =
  (deps: TextsDeps): Permitted<typeof FEEDBACK_RESULTS_ROUTES.exportFeedbackTexts> =>
  async ({ params: { eventId, formId }, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const questions = await textsOf(deps, event, formId);
    const rows = questions.flatMap(({ title, texts }) => texts.map((text) => [title, text]));
    const name = `${event.id}-${formId}-texts-${localDate(deps.system.now(), event.timeZone)}`;
    const file = tableOf(name, [['question', 'text'], ...rows]);
    await noteRead(deps, event, caller, 'export', formId);
    return file;
  };

/**
 * What those people wrote who are counted in what is shown, and nobody else: an organiser who looks twice learns no more of a text than
 * that it is of one of five. Each question's texts are in an order of their own, so that nothing tells which belong together.
 *
 * @throws ProblemError `not-found`
 */
async function textsOf(deps: TextsDeps, event: EventDefinition<string>, formId: string) {
  const { forms } = await formsNow(deps, event);
  const asked = formNamed(forms, formId).questions.filter(({ type }) => type === 'text');
  await nextStep(deps, event, formId);
  const written = await deps.feedback.words({ eventId: event.id, form: formId });
  return asked.map(({ id, title }) => ({ id, title, texts: written.flatMap((texts) => texts[id] ?? []).sort() }));
}

type Results = Awaited<ReturnType<typeof resultsOf>>;

/** A line for each choice; a column for everyone, and one for each block of people who are told apart. */
export const exportFeedback =
  (deps: ResultsDeps): Permitted<typeof FEEDBACK_RESULTS_ROUTES.exportFeedback> =>
  async ({ params: { eventId, formId }, language }) => {
    const { event } = await eventOf(deps, eventId, language);
    const results = await resultsOf(deps, event, formId);
    const date = localDate(deps.system.now(), event.timeZone);
    return table(`${event.id}-${formId}-${date}`, csvOf(rowsOf(event, results)));
  };

function rowsOf(event: EventDefinition<string>, results: Results): string[][] {
  const blocks = DIMENSIONS.flatMap((dimension) =>
    results.by[dimension].blocks.map((block) => ({ ...block, name: `${dimension}: ${nameOf(event, block.labels)}` })),
  );
  // Where nobody may be shown, an empty cell and not a nought.
  const known = results.answers > 0;
  const number = (value: number | undefined): string => (value === undefined ? '' : String(value));
  const lines = results.questions.flatMap(({ title, type, options, choices, mean }, index) => {
    const inBlocks = blocks.map(({ questions }) => questions[index]);
    const means = [title, 'mean', rounded(mean), ...inBlocks.map((each) => rounded(each?.mean))];
    return [
      ...choices.map(({ choice, count }, at) => [
        title,
        options.find((option) => option.id === choice)?.title ?? choice,
        known ? number(count) : '',
        ...inBlocks.map((each) => number(each?.choices[at]?.count)),
      ]),
      ...(type === 'rating' ? [means] : []),
    ];
  });
  return [
    ['question', 'choice', 'everyone', ...blocks.map(({ name }) => name)],
    ['people who answered', '', known ? number(results.answers) : '', ...blocks.map(({ answers }) => number(answers))],
    ['people who came', '', number(measureOf(results)), ...blocks.map((block) => number(measureOf(block)))],
    ...lines,
  ];
}

/** Who came, unless more answered: check-ins may be taken back since, and an organiser is to find no share of more than everybody. */
const measureOf = ({
  answers,
  attended,
}: Pick<Results, 'answers'> & { readonly attended?: number }): number | undefined =>
  attended === undefined || attended < answers ? undefined : attended;

/** Two places: more would say that there is more to it. */
const rounded = (mean: number | undefined): string => (mean === undefined ? '' : mean.toFixed(2));

const nameOf = ({ categories }: EventDefinition<string>, labels: readonly string[]): string =>
  labels
    .map((label) => (label === OTHER ? 'other' : (categories.find(({ id }) => id === label)?.title ?? label)))
    .join(' + ');
