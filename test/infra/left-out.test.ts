import { parseSync, Visitor } from 'oxc-parser';
import { expect, it } from 'vitest';
import { KEPT_FOR } from '../../infra/left-out.ts';
import { sourcesIn } from '../house/source.ts';

/** How many calls of `field` say more than a schema: other functions of that name take one argument. */
function saidOfFields(path: string, text: string): number {
  let count = 0;
  new Visitor({
    CallExpression({ callee, arguments: { length } }) {
      if (callee.type === 'Identifier' && callee.name === 'field' && length > 1) count += 1;
    },
  }).visit(parseSync(path, text).program);
  return count;
}

it('purpose and retention are left out of every stored attribute, and of nothing else', () => {
  const sources = sourcesIn(['shared']);
  const found = sources.map(({ path, text }) => [path, text.match(KEPT_FOR)?.length ?? 0]);
  expect(found).toEqual(sources.map(({ path, text }) => [path, saidOfFields(path, text)]));
  expect(sources.filter(({ path, text }) => saidOfFields(path, text.replace(KEPT_FOR, ')')) > 0)).toEqual([]);
  expect(found.filter(([, count]) => count !== 0).length).toBeGreaterThan(20);
});
