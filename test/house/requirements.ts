import { sourcesIn } from './source.ts';

/** Requirements are named by two letters and a number at the front of what proves them. */
const ID = /\b(?:AB|AU|CI|CS|EV|FB|IN|RE|TK)\d{1,2}\b/g;
/** What a test, or a group of them, is called. */
const TITLE = /\b(?:it|test|describe)(?:\.\w+)*\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g;
/** The same of one that is made for each row of a table. */
const TITLE_OF_EACH = /\)\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1\s*,/g;

/** Lines `id title`, sorted: which titles of tests prove which requirement. */
export function provenRequirements(): readonly string[] {
  const lines = sourcesIn(['test'])
    .filter(({ path }) => path.endsWith('.test.ts'))
    .flatMap(({ text }) => [TITLE, TITLE_OF_EACH].flatMap((pattern) => [...text.matchAll(pattern)]))
    .flatMap(([, , title = '']) => (title.match(ID) ?? []).map((id) => `${id} ${title.replaceAll(/\s+/g, ' ')}`));
  return [...new Set(lines)].sort((a, b) => (a < b ? -1 : 1));
}
