import fc from 'fast-check';
import { expect, it } from 'vitest';
import { labelling } from '../../shared/checking-in/labelling.ts';
import { LEAST_GROUP } from '../../shared/domain/feedback/groups.ts';

const MODES = ['in-person', 'online'];
const CATEGORIES = ['un', 'ngo', 'media', 'academia'];

it('says of nobody, by how they took part and their group together, what is not true of five who came', () => {
  const cells = MODES.flatMap((mode) => CATEGORIES.map((category) => ({ mode, category })));
  const numbers = fc.array(fc.nat({ max: 12 }), { minLength: cells.length, maxLength: cells.length });
  fc.assert(
    fc.property(numbers, (howMany) => {
      const counted = cells.map((cell, index) => ({
        ...{ ...cell, list: 'monday', isOnline: cell.mode === 'online' },
        came: howMany[index] ?? 0,
      }));
      const all = howMany.reduce((sum, each) => sum + each, 0);
      const labelOf = labelling(counted, ['monday']);
      const together: Record<string, number> = {};
      for (const { mode, category, came } of counted) {
        const said = Object.values(labelOf({ mode, category })).join(' ');
        if (came > 0) together[said] = (together[said] ?? 0) + came;
      }
      expect(Object.values(together).filter((people) => people < Math.min(LEAST_GROUP, all))).toEqual([]);
    }),
  );
});

it('counts no ticket of nobody among the five', () => {
  const of = (mode: string, came: number, category = 'un') => ({
    list: 'monday',
    isOnline: false,
    category,
    mode,
    came,
  });
  const labelOf = labelling([of('in-person', 9), of('online', 4), of('unknown', 1, 'unknown')], ['monday']);
  expect(labelOf({ mode: 'in-person', category: 'un' }).mode).toBe('other');
});

it('says both where five are alike in both', () => {
  const counted = MODES.map((mode) => ({ list: 'monday', isOnline: mode === 'online', category: 'un', mode, came: 5 }));
  const labelOf = labelling(counted, ['monday']);
  for (const mode of MODES) expect(labelOf({ mode, category: 'un' })).toEqual({ mode, category: 'un' });
});
