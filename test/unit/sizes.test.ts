import { describe, expect, it } from 'vitest';
import { filed, goesWrongWay, mayImport } from '../house/capability.ts';
import { LIMITS } from '../house/limits.ts';
import { measureSizes, type Sizes } from '../house/sizes.ts';
import { circlesIn, definedIn, importsOf } from '../house/source.ts';

const found = measureSizes();

describe('the size of the tree', () => {
  it.each(
    Object.entries(LIMITS).flatMap(([name, { what, most }]) =>
      most === undefined ? [] : [{ what, most, is: found.sizes[name as keyof Sizes] }],
    ),
  )('$what: at most $most', ({ is, most }) => {
    expect(is).toBeLessThanOrEqual(most);
  });

  it('counts what is there', () => {
    expect(found.sizes.files).toBeGreaterThan(500);
    expect(found.sizes.lines).toBeGreaterThan(40_000);
  });
});

describe('how it is measured', () => {
  const source = (path: string, text: string) => ({ path, text });

  it('finds imports, of types, late ones, and what is handed on', () => {
    const text = [
      "import { a } from './a.ts';",
      "import type { B } from '../b.ts';",
      "import 'node:fs';",
      "export { c } from './c.tsx';",
      "const d = () => import('./d.tsx');",
      "new Worker(new URL('./e.ts', import.meta.url));",
      "const f = './f.ts';",
    ].join('\n');
    expect(importsOf(source('x/y.ts', text)).map(({ to, typeOnly, late }) => [to, typeOnly, late])).toEqual([
      ['x/a.ts', false, false],
      ['b.ts', true, false],
      ['x/c.tsx', false, false],
      ['x/d.tsx', false, true],
      ['x/e.ts', false, true],
    ]);
  });

  it('finds what is defined, each name once', () => {
    const text = 'export const a = 1;\nexport type a = 1;\nexport async function b() {}\nconst c = 1;\nexport { c };\n';
    expect(definedIn(source('x.ts', text))).toEqual(['a', 'b']);
  });

  it('finds circles, of what is fetched at once', () => {
    const importing = (from: string, to: string, late = false) => ({ from, to, typeOnly: true, late });
    const line = [importing('a', 'b'), importing('b', 'c'), importing('c', 'a', true), importing('d', 'b')];
    expect(circlesIn(line)).toEqual([]);
    expect(circlesIn([...line, importing('c', 'a')])).toEqual([['a', 'b', 'c']]);
  });

  it('files by folder and suffix, and knows which way an import may go', () => {
    const rule = filed('shared/registration/apply/register.case.ts');
    expect(rule).toEqual({ capability: 'registration', layer: 'case' });
    expect(filed('shared/seats/quota.ts')).toEqual({ capability: 'seats', layer: '' });
    expect(filed('shared/contract.ts')).toBeUndefined();
    expect(filed('functions/site/index.ts')).toBeUndefined();
    const [seats, minors] = (['seats', 'minors'] as const).map((capability) => ({ capability, layer: '' as const }));
    if (!rule || !seats || !minors) throw new Error('not filed');
    // Lower layers of any capability; of the own layer earlier capabilities.
    expect(mayImport(rule, minors)).toBe(true);
    expect(mayImport(minors, rule)).toBe(false);
    expect(mayImport(minors, seats)).toBe(true);
    expect(mayImport(seats, minors)).toBe(false);
    expect(mayImport(seats, seats)).toBe(true);
    // What is pure knows types of schemas, of earlier capabilities too.
    const schema = filed('shared/seats/quota.schema.ts');
    if (!schema) throw new Error('not filed');
    expect(mayImport(minors, schema, true)).toBe(true);
    expect(mayImport(minors, schema)).toBe(false);
    expect(mayImport(seats, { ...schema, capability: 'minors' }, true)).toBe(false);
  });

  it('finds what goes the wrong way, out of shared too', () => {
    const wrong = (from: string, to: string) => goesWrongWay({ from, to, typeOnly: true });
    expect(wrong('shared/seats/quota.ts', 'shared/minors/young.ts')).toBe(true);
    expect(wrong('shared/minors/young.ts', 'shared/seats/quota.ts')).toBe(false);
    expect(wrong('shared/seats/quotas.case.ts', 'functions/organiser/index.ts')).toBe(true);
    expect(wrong('shared/seats/quotas.case.ts', 'shared/routes.ts')).toBe(true);
    expect(wrong('shared/routes.ts', 'shared/seats/quotas.case.ts')).toBe(false);
    expect(wrong('shared/event/show.case.ts', 'web/site/event/event-page.ts')).toBe(false);
    expect(wrong('shared/event/event.ts', 'web/site/event/event-page.ts')).toBe(true);
  });
});
