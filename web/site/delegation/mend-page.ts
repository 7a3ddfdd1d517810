import { type CellOptions, NONE, readCell } from '../../../shared/delegation/people/reading.ts';
import { questionsIn } from '../../../shared/event/condition.ts';
import type { Question } from '../../../shared/event/event.ts';
import { CELLS, questionOf } from '../../../shared/event/questions.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import {
  choices,
  type Field,
  type FieldProblem,
  type FormState,
  type FormValues,
  fieldAttributes,
  fieldParts,
  formPage,
  meantChoice,
  oneChoice,
  textInput,
  valuesOf,
  whichAddresses,
} from '../kernel/form.ts';
import { attribute, flag, readersText } from '../kernel/text.ts';
import { conditionText, countrySelect, restsOn } from '../registration/register/questions.ts';
import { columnLabels, meantPath, PERSON_COLUMNS, type PersonRow, rowPath, type Understood } from './columns.ts';
import {
  addedNote,
  commonFields,
  commonLabels,
  type PeoplePage,
  peopleForm,
  sending,
  settledAddress,
  statedLabels,
} from './people-page.ts';

/** At `/d/{token}/people`, once a table was read. */
export interface MendPage extends PeoplePage {
  /** What the cells of a column choose from, if they do. */
  readonly options: (column: string) => CellOptions | undefined;
  readonly understood: readonly Understood[];
  /** Numbers of rows that are shown with all that stands in them. */
  readonly opened: ReadonlySet<number>;
  /** Names of columns that were not read. */
  readonly unread: readonly string[];
  /** Whether the table has just been read. */
  readonly isNew: boolean;
}

/** What of a table has to be put right, and nothing else: what is right is folded away, and stays. */
export function mendPage(of: MendPage): string {
  const { t, rows, problems, event, doubts } = of;
  const told = problems.filter((problem) => !isFirstAsked(of, problem));
  const cells = problems.filter(({ path }) => path.startsWith('rows.'));
  const columns = columnLabels(event, t);
  const mended = rows.filter((row) => isMended(of, row.number));
  const values: FormValues = { ...of.common, ...cellValues(of) };
  const form: FormState = { t, values, problems: told.map((problem) => quoting(of, problem)) };
  const others = problems.filter((problem) => !cells.includes(problem));
  const [first] = mended.flatMap(({ number }) => problemsOf(of, number));
  const gathered: FieldProblem[] = first
    ? [{ ...first, code: 'unknown-option', message: t('delegation.mend.cells', { count: cells.length }) }]
    : [];
  return formPage(of, {
    form: { ...form, problems: [...gathered, ...others.filter((problem) => told.includes(problem))] },
    title: t('delegation.people.title'),
    labels: new Map([
      ...commonLabels(event, t),
      ...(first ? [[first.path, t('delegation.mend.table')] as const] : []),
      ...statedLabels(event, t),
    ]),
    kept: t('delegation.kept'),
    ...(told.length === 0 &&
      doubts.size > 0 && {
        question: whichAddresses(
          form,
          [...doubts].map((row) => rowPath(row, 'email')),
          [...doubts].map(meantPath),
        ),
      }),
    body: html`${addedNote(of) ?? readNote({ ...of, problems: told })}
${
  of.unread.length > 0 &&
  html`<p class="note">${t('delegation.preview.unread')} ${of.unread.join(', ')}</p>
`
}${peopleForm(
  of,
  html`${rows.map((row) => kept(of, row))}${rows.map((row) => settledAddress(of, row))}${common(of, form, others, 'open')}${
    mended.length > 0 &&
    html`<h2>${t('delegation.mend.title')}</h2>
${mended.map((row) => mending(of, form, row, columns))}`
  }${understood(of, columns)}${common(of, form, others, 'folded')}${sending(form, event)}${ready(of, columns)}`,
)}`,
  });
}

/** What the table was read as; said aloud where nothing else is to be read first. */
function readNote(of: MendPage): Html | undefined {
  const { t, isNew, rows, problems, doubts } = of;
  if (!isNew) return undefined;
  const role = attribute('role', problems.length === 0 && doubts.size === 0 ? 'status' : undefined);
  return html`<p class="note"${role}><b>${t('delegation.read.people', { people: rows.length })}</b></p>`;
}

/** What nobody could answer before the table was read is asked, and no mistake. */
const isFirstAsked = ({ isNew, common }: MendPage, { path }: FieldProblem): boolean =>
  isNew && !path.startsWith('rows.') && !common[path]?.some((value) => value !== '');

const problemsOf = ({ problems }: MendPage, number: number): readonly FieldProblem[] =>
  problems.filter(({ path }) => path.startsWith(`rows.${number}.`));

/** Whether there is something to do about a row. */
const isMended = (of: MendPage, number: number): boolean =>
  of.opened.has(number) || of.doubts.has(number) || problemsOf(of, number).length > 0;

/**
 * All of a row goes along with the form, but for what stands in a field that is written in. What a field that chooses is asked about goes
 * along: it shows no wording that it does not offer, and where nothing is chosen that is quoted again.
 */
function kept(of: MendPage, row: PersonRow): Html {
  const isWritten = (column: string): boolean => of.options(column) === undefined && isShown(of, row, column);
  const left = Object.entries(row.cells).filter(([column]) => !isWritten(column));
  return html`<input type="hidden" name="row.${row.number}" value="${JSON.stringify(Object.fromEntries(left))}">
`;
}

/** What stands in the fields of cells: what was chosen, and never what it is only like; else as it was typed. */
const cellValues = ({ rows, options }: MendPage): FormValues =>
  Object.fromEntries(
    rows.flatMap(({ number, cells }) =>
      Object.entries(cells).map(([column, text]) => {
        const offered = options(column);
        const read = offered && readCell(text, offered);
        return [rowPath(number, column), offered ? (read?.sure ? read.ids : []) : [text]];
      }),
    ),
  );

/** Letters of a cell that are quoted. */
const QUOTED = 60;

/** What is wrong with a cell that chooses, with what was written there: its field cannot show that. */
function quoting({ t, rows, options }: MendPage, problem: FieldProblem): FieldProblem {
  const [, number, column = ''] = /^rows\.(\d+)\.(.*)$/.exec(problem.path) ?? [];
  const text = rows.find((row) => String(row.number) === number)?.cells[column]?.trim() ?? '';
  const offered = options(column);
  if (text === '' || offered === undefined) return problem;
  const said = titlesOf(text, offered) ?? short(text);
  return { ...problem, message: `${t('delegation.mend.wrote', { text: said })} ${problem.message}` };
}

function short(text: string): string {
  const letters = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text.slice(0, QUOTED * 8))];
  const first = letters.slice(0, QUOTED).map(({ segment }) => segment);
  return letters.length > QUOTED ? `${first.join('')}…` : text;
}

/** What a cell says in so many words, as the form writes it. */
function titlesOf(text: string, offered: CellOptions): string | undefined {
  const read = readCell(text, offered);
  return read?.sure ? meaning(read.ids, offered) : undefined;
}

const meaning = (ids: readonly string[], { options }: CellOptions): string =>
  ids.map((id) => options.find((option) => option.id === id)?.title ?? id).join('; ');

const rowName = ({ t }: MendPage, { number, cells }: PersonRow): string => {
  const name = [cells['honorific'], cells['fullName']].filter(Boolean).join(' ');
  return name === '' ? t('delegation.row', { number }) : t('delegation.row.named', { number, name });
};

/** The cells of one person that have to change, or all of them. */
function mending(of: MendPage, form: FormState, row: PersonRow, columns: ReadonlyMap<string, string>): Html {
  const { opened, doubts } = of;
  const { number } = row;
  const wrong = problemsOf(of, number);
  // A line with a total is read as somebody of whom there is nothing but a name.
  const isBare = wrong.length > 0 && PERSON_COLUMNS.filter((column) => row.cells[column]).length < 2;
  const mayGo = opened.has(number) || isBare || wrong.some(({ code }) => MAY_GO.includes(code));
  const id = `row-${number}`;
  return html`<div class="group" role="group" aria-labelledby="${id}"><h3 id="${id}">${rowName(of, row)}</h3>
${[...columns].map(([column, label]) => isShown(of, row, column) && cellField(of, form, row, column, label))}${
  doubts.has(number) && meantChoice(form, rowPath(number, 'email'), meantPath(number))
}${
  mayGo &&
  html`<fieldset class="field">${oneChoice({
    id: undefined,
    type: 'checkbox',
    name: `leave.${number}`,
    value: 'yes',
    checked: false,
    label: form.t('delegation.mend.leave'),
  })}</fieldset>`
}</div>
`;
}

/** Whether a cell has a field of its own. */
const isShown = ({ opened, problems }: MendPage, { number, cells }: PersonRow, column: string): boolean =>
  opened.has(number)
    ? PERSON_COLUMNS.some((each) => each === column) || Object.hasOwn(cells, column)
    : problems.some(({ path }) => path === rowPath(number, column));

/** Where to leave someone out may be what is meant. */
const MAY_GO: readonly FieldProblem['code'][] = ['twice', 'already-here', 'delegation-full'];

function cellField(of: MendPage, form: FormState, row: PersonRow, column: string, label: string): Html {
  const { t, event, language } = of;
  const question = questionOf(event, column);
  const kind = CELLS[question?.type ?? 'text'];
  const offered = of.options(column);
  const path = rowPath(row.number, column);
  const text = row.cells[column]?.trim() ?? '';
  // A field that chooses cannot show what was written; where something is wrong with it, that says so.
  const isUnsaid =
    offered && text !== '' && !readCell(text, offered)?.sure && !of.problems.some((each) => each.path === path);
  const wrote = isUnsaid ? t('delegation.mend.wrote', { text: short(text) }) : undefined;
  const read = question?.readers && readersText(question.readers, language, t);
  const field: Field = { path, label, hint: [wrote, read].filter(Boolean).join(' ') || undefined };
  if (offered === undefined) {
    return textInput(form, {
      ...field,
      long: kind === 'lines',
      ...(column === 'email' && { type: 'email' }),
      ...(kind === 'number' && { inputmode: 'numeric' }),
    });
  }
  if (column === 'country' || kind === 'country') return countrySelect(form, field, event, language);
  const isOptional = question ? !question.required : OPTIONAL_CHOICES.includes(column);
  const none = isOptional ? [{ value: NONE, label: t('delegation.mend.none') }] : [];
  const offers = [...offered.options.map(({ id, title }) => ({ value: id, label: title })), ...none];
  if (offered.several) {
    return html`<input type="hidden" name="${field.path}" value="">${choices(form, { ...field, type: 'checkbox', choices: offers })}`;
  }
  const { id, label: shown, notes, described, invalid } = fieldParts(form, field);
  const [chosen] = valuesOf(form.values, field.path);
  return html`<div${fieldAttributes(field, invalid)}><label for="${id}">${shown}</label>${notes}<select id="${id}" name="${field.path}"${[
    described,
    attribute('aria-invalid', invalid ? 'true' : undefined),
  ]}><option value="">${t('delegation.mend.choose')}${offers.map(
    ({ value, label: title }) => html`<option value="${value}"${flag('selected', value === chosen)}>${title}`,
  )}</select></div>
`;
}

const OPTIONAL_CHOICES: readonly string[] = ['sessions'];

/** What is read as something that it does not quite say: it is so unless the coordinator says no. */
function understood(of: MendPage, columns: ReadonlyMap<string, string>): Html | undefined {
  const { t, options } = of;
  // Where a cell has its own field, that says what is meant.
  const all = of.understood.flatMap(({ rows, ...guess }) => {
    const left = rows.filter((row) => !of.rows.some((each) => each.number === row && isShown(of, each, guess.column)));
    return left.length > 0 ? [{ ...guess, rows: left }] : [];
  });
  if (all.length === 0) return undefined;
  return html`<fieldset class="field"><legend>${t('delegation.understood.title')}</legend><p class="hint">${t('delegation.understood.hint')}</p>
${all.map(({ column, text, ids, rows }, index) => {
  const offered = options(column);
  return html`<input type="hidden" name="understood.${index}" value="${JSON.stringify({ column, text })}">${oneChoice({
    id: undefined,
    type: 'checkbox',
    name: `yes.${index}`,
    value: JSON.stringify(ids),
    checked: true,
    label: t('delegation.understood.as', { text, meaning: offered ? meaning(ids, offered) : ids.join('; ') }),
    hint: t('delegation.understood.rows', {
      label: columns.get(column) ?? column,
      count: rows.length,
      rows: rows.join(', '),
    }),
  })}`;
})}</fieldset>
`;
}

/** What a person must have, and tables may have no column for. */
const NEEDED: readonly string[] = ['organisation', 'country', 'category', 'mode', 'days'];

/**
 * What the table has no column for, and is the same for everyone: open where something of it is missing, or was never looked at; else
 * folded away.
 */
function common(
  of: MendPage,
  form: FormState,
  problems: readonly FieldProblem[],
  as: 'open' | 'folded',
): Html | undefined {
  const { t, event, language, rows, isNew } = of;
  const given = new Set(rows.flatMap(({ cells }) => Object.keys(cells)));
  const isWrong = (path: string): boolean => problems.some((problem) => problem.path === path);
  const opens = NEEDED.filter((column) => !given.has(column) && (isNew || isWrong(column)));
  // Beside the choice of a group stands what is asked of some groups: the script shows what concerns the one that is chosen.
  const isOpen = (path: string): boolean =>
    opens.includes(path) || isWrong(path) || (path.startsWith('answers.') && opens.includes('category'));
  const isShown = (path: string): boolean => !given.has(path) && isOpen(path) === (as === 'open');
  const asked = event.questions
    .filter(({ id }) => isShown(`answers.${id}`))
    .map((question) => {
      const { when, ...always } = question;
      // Where each has a cell for it, nobody can say here for all of them whom the question concerns: it says so itself.
      if (when === undefined || !restsOnCells(question, event.questions, given)) return question;
      const hint = [conditionText(when, event, language, t), question.hint].filter(Boolean).join(' ');
      return { ...always, hint };
    });
  const shown = [...NEEDED, 'sessions', 'language'].filter(isShown);
  if (asked.length === 0 && shown.length === 0) return undefined;
  const fields = commonFields(
    form,
    { ...event, questions: asked },
    language,
    new Set([...shown, 'questions']),
    given.has('days'),
  );
  // What an event leaves no choice of goes along unseen.
  if (!fields.markup.includes('<label')) return fields;
  return as === 'open'
    ? html`<h2>${t('delegation.everyone.title')}</h2>
<p>${t('delegation.everyone.table')}</p>
${fields}`
    : html`<details><summary>${t('delegation.everyone.title')}</summary>
${fields}</details>
`;
}

const restsOnCells = (
  question: Question<string>,
  all: readonly Question<string>[],
  given: ReadonlySet<string>,
): boolean =>
  (['category', 'mode', 'country'] as const).some((fact) => given.has(fact) && restsOn(question, all, fact)) ||
  (given.has('sessions') && restsOn(question, all, 'session')) ||
  questionsIn(question.when).some((id) => given.has(`answers.${id}`));

/** Everyone about whom there is nothing to do, folded away. */
function ready(of: MendPage, columns: ReadonlyMap<string, string>): Html | undefined {
  const { t, rows } = of;
  const right = rows.filter(({ number }) => !isMended(of, number));
  if (right.length === 0) return undefined;
  return html`<details><summary>${t('delegation.ready', { people: right.length })}</summary>
<ul class="people">${right.map((row) => line(of, row, columns))}</ul></details>
`;
}

function line(of: MendPage, row: PersonRow, columns: ReadonlyMap<string, string>): Html {
  const { t, options, understood: all } = of;
  const { number, cells } = row;
  const said = [...columns.keys()].flatMap((column) => {
    const text = cells[column]?.trim() ?? '';
    if (text === '' || column === 'honorific' || column === 'fullName') return [];
    const offered = options(column);
    const guessed = all.find((each) => each.column === column && each.text === text);
    return offered ? (guessed ? meaning(guessed.ids, offered) : (titlesOf(text, offered) ?? text)) : text;
  });
  const address = cells['email']?.trim() ? [] : [t('delegation.preview.through')];
  return html`<li><p><b>${rowName(of, row)}</b></p>
<p class="hint">${[...said, ...address].join(' · ')}</p>
<button class="second" type="submit" name="press" value="change.${number}" aria-label="${t('delegation.change.row', {
    number,
  })}">${t('delegation.change')}</button></li>
`;
}
