/**
 * Adds to the corpus what was recorded (`record.config.ts`) and is like nothing that is in it. What is in it stays as it is.
 *
 *     npm run record-items
 */
import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { CORPUS, itemOf, linesIn, sorted, traitsOf, type Written } from './corpus.ts';
import { kindNames, kindsOf } from './kinds.ts';
import { RECORDED } from './recorded.ts';

const kindOf = (written: Written) => {
  const [kind, ...others] = kindsOf(written.table, itemOf(written));
  if (kind === undefined || others.length > 0) throw new Error(`of no one kind: ${JSON.stringify(written)}`);
  return kind;
};
const lineOf = (written: Written): string => `${JSON.stringify(sorted(written))}\n`;

const before: ReadonlySet<string> = new Set(
  existsSync(CORPUS) ? linesIn(CORPUS).flatMap((line) => traitsOf(kindOf(line), itemOf(line))) : [],
);
const known = new Set(before);
const recorded = readdirSync(RECORDED)
  .flatMap((name) => linesIn(new URL(name, RECORDED)))
  .map((written) => ({ written, kind: kindOf(written), line: lineOf(written) }))
  // The shortest first: of two that are alike, the other is left out.
  .sort((one, other) => one.line.length - other.line.length || (one.line < other.line ? -1 : 1));

const taken = recorded.filter(({ written, kind }) => {
  const traits = traitsOf(kind, itemOf(written)).filter((trait) => !known.has(trait));
  for (const trait of traits) known.add(trait);
  return traits.length > 0;
});

/** How many have a trait: one whose traits others have too is not needed, once they are there. */
const holders = new Map<string, number>();
const traitsIn = ({ written, kind }: (typeof recorded)[number]) => new Set(traitsOf(kind, itemOf(written)));
const count = (traits: ReadonlySet<string>, by: number): void => {
  for (const trait of traits) holders.set(trait, (holders.get(trait) ?? 0) + by);
};
for (const each of taken) count(traitsIn(each), 1);
const added = taken.filter((each) => {
  const traits = traitsIn(each);
  const isNeeded = [...traits].some((trait) => holders.get(trait) === 1 && !before.has(trait));
  if (!isNeeded) count(traits, -1);
  return isNeeded;
});
added.sort((one, other) => kindNames.indexOf(one.kind) - kindNames.indexOf(other.kind));
appendFileSync(CORPUS, added.map(({ line }) => line).join(''));
console.log(`${added.length} items are added`);
