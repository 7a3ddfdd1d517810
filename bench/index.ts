/**
 * Measures what was agreed in numbers, and fails where it is not kept. Builds first: `npm run bench`, or
 * `npm run bench -- rush` for one of them.
 */
import { amendmentCost } from './amendment-cost.ts';
import { bulk } from './bulk.ts';
import { bundleBudget } from './bundle-budget.ts';
import { consoleBench } from './console.ts';
import { drain } from './drain.ts';
import { feedback } from './feedback.ts';
import { feedbackCost } from './feedback-cost.ts';
import { growth } from './growth/growth.ts';
import { hotCounters } from './hot-counters.ts';
import { idle } from './idle.ts';
import { isKept, type Measure } from './measure.ts';
import { pages } from './pages.ts';
import { registrationCost } from './registration-cost.ts';
import { roster } from './roster.ts';
import { rush } from './rush.ts';
import { scans } from './scans.ts';
import { table } from './table.ts';

const BENCHES: Readonly<Record<string, () => Promise<readonly Measure[]>>> = {
  'bundle-budget': bundleBudget,
  'registration-cost': registrationCost,
  'amendment-cost': amendmentCost,
  roster,
  rush,
  drain,
  'hot-counters': hotCounters,
  scans,
  pages,
  feedback,
  'feedback-cost': feedbackCost,
  idle,
  growth,
  bulk,
  console: consoleBench,
};

// Functions that run in this process say of each request that they answered it.
console.info = () => undefined;

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(BENCHES);
for (const name of names) {
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (bench === undefined) throw new Error(`no benchmark "${name}"; there are ${Object.keys(BENCHES).join(', ')}`);
  const measures = await bench();
  console.log(`\nnpm run bench -- ${name}   (Node ${process.versions.node})\n${table(measures)}`);
  if (!measures.every(isKept)) process.exitCode = 1;
}
