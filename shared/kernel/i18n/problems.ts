import type { ProblemType } from '../http/problem.schema.ts';
import type { FieldCode } from '../text/field-problem.ts';
import enField from './en/field.json' with { type: 'json' };
import enForm from './en/form.json' with { type: 'json' };
import enProblem from './en/problem.json' with { type: 'json' };
import kmField from './km/field.json' with { type: 'json' };
import kmForm from './km/form.json' with { type: 'json' };
import kmProblem from './km/problem.json' with { type: 'json' };
import type { Catalogue, Translate } from './translator.ts';

const en = { ...enField, ...enForm, ...enProblem };
const km = { ...kmField, ...kmForm, ...kmProblem };

type ProblemKey = keyof typeof en;
export type ProblemTranslate = Translate<ProblemKey>;

/** The words of problems alone: a function that answers programs only bundles no others. */
export const PROBLEMS_IN_WORDS: Catalogue<ProblemKey> = { en, km };

/** The words for what is wrong with a field; does not compile when a code lacks them. */
export const fieldKey = (code: FieldCode): ProblemKey => `field.${code}`;

/** The words for a problem; does not compile when a type lacks them. */
export const problemKeys = (type: ProblemType): { readonly title: ProblemKey; readonly detail: ProblemKey } => ({
  title: `problem.${type}.title`,
  detail: `problem.${type}.detail`,
});
