import { type Addition, after, openapi, row } from './addition.ts';

const EVENT = 'shared/event/event.ts';
const RULES = 'shared/event/questions.ts';
const FORM = 'shared/registration/apply/form-submission.ts';
const CELLS = RULES;
const PEOPLE = 'shared/registration/people/person.ts';
const SITE = 'web/site/registration/register/questions.ts';
const CONSOLE = 'web/console/kernel/parts/answer-text.ts';
const ASKED = 'web/console/kernel/form/question-field.tsx';
const MADE_UP = 'web/console/event/made-up-people.ts';

const TYPE = 'web-address';
/** The compiler puts a name that is quoted in the code into quotes of its own. */
const LACKS = new RegExp(`${TYPE}["']+ is missing`);

export const questionType: Addition = {
  what: 'a question type',
  stages: [
    {
      adds: [after(EVENT, 'export type QuestionType =', `\n  | '${TYPE}'`)],
      lacks: [
        { what: 'its rules', file: RULES, says: LACKS },
        { what: 'what a form sends for it', file: FORM, says: LACKS },
        { what: 'what a cell of a file says for it', file: CELLS, says: LACKS },
        { what: 'whether lists go by answers to it', file: PEOPLE, says: LACKS },
        { what: 'its field on the site', file: SITE, says: new RegExp(`${LACKS.source}[^]*asked: QuestionField`) },
        { what: 'its answer on the site', file: SITE, says: new RegExp(`${LACKS.source}[^]*answered: Answered`) },
        { what: 'its answer in the console', file: CONSOLE, says: LACKS },
        { what: 'its field in the console', file: ASKED, says: LACKS },
        { what: 'what made-up people answer', file: MADE_UP, says: LACKS },
      ],
    },
    {
      adds: [
        row(RULES, 'Readonly<Record<QuestionType, QuestionRules>> = {', `  '${TYPE}': { check: text(200) },`),
        row(FORM, '(sent: string) => AnswerValue | undefined>> = {', `  '${TYPE}': asSent,`),
        row(CELLS, 'Readonly<Record<QuestionType, CellKind>> = {', `  '${TYPE}': 'text',`),
        row(PEOPLE, 'Readonly<Record<QuestionType, boolean>> = {', `  '${TYPE}': false,`),
        row(SITE, '(asked: QuestionField) => Html>> = {', `  '${TYPE}': ({ form, field }) => textInput(form, field),`),
        row(SITE, '(answered: Answered) => string>> = {', `  '${TYPE}': asChosen,`),
        row(CONSOLE, "'countries'>) => string>\n> = {", `  '${TYPE}': asWritten,`),
        row(ASKED, "'multi-choice'>, TypeOfField>> = {", `  '${TYPE}': text,`),
        row(MADE_UP, 'draw: Draw) => AnswerValue>> = {', `  '${TYPE}': words,`),
      ],
      lacks: [],
    },
  ],
  makes: openapi(new RegExp(TYPE)),
};
