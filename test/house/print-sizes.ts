import { LIMITS } from './limits.ts';
import { measureSizes, type Sizes } from './sizes.ts';

const { sizes } = measureSizes();
const number = (value: number | undefined): string =>
  (value === undefined ? '' : value.toLocaleString('en')).padStart(8);
process.stdout.write(`${''.padEnd(48)}${'is'.padStart(8)}${'may be'.padStart(8)}${'goal'.padStart(8)}\n`);
for (const [name, { what, most, goal }] of Object.entries(LIMITS)) {
  process.stdout.write(`${what.padEnd(48)}${number(sizes[name as keyof Sizes])}${number(most)}${number(goal)}\n`);
}
