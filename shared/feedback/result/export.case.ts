import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { table } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { csvOf } from '../../kernel/text/csv.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { OTHER } from './groups.ts';
import { DIMENSIONS } from './published.ts';
import { resultsOf } from './results.case.ts';

type Deps = Needs<'client' | 'counts' | 'events' | 'everyone' | 'feedback' | 'registry' | 'system'>;

type Results = Awaited<ReturnType<typeof resultsOf>>;

/** A line for each choice; a column for everyone, and one for each block of people who are told apart. */
export const exportFeedback =
  (deps: Deps): Permitted<'exportFeedback'> =>
  async ({ params: { eventId, formId }, language }) => {
    const { event } = await eventOf(deps, eventId, language);
    const results = await resultsOf(deps, event, formId);
    const date = deps.system.now().toISOString().slice(0, 10);
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

/** Who came, unless more answered: check-ins may be taken back since, and whoever divides is to find no share of more than everybody. */
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
