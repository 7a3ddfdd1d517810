import { readFileSync } from 'node:fs';
import { type Addition, type Finding, handWritten, isTest, type Omission, rowsOf } from './addition.ts';
import { CopiedTree } from './copied-tree.ts';
import { deployedFunction } from './deployed-function.ts';
import { jsonRoute } from './json-route.ts';
import { language } from './language.ts';
import { mailKind } from './mail-kind.ts';
import { questionType } from './question-type.ts';
import { storedAttribute } from './stored-attribute.ts';

/*
 * Adds things to a copy of the product, step by step: the compiler has to name all that is left out, and nothing once all is there.
 * `npm run adding -- function` adds what is called so.
 */

const ADDITIONS: readonly Addition[] = [mailKind, questionType, jsonRoute, deployedFunction, storedAttribute, language];

/** Files that a person writes for one addition, besides words, tests and one row a side. */
const MOST_FILES = 3;

const isNamed =
  ({ file, says }: Omission) =>
  (each: Finding): boolean =>
    each.file === file && says.test(each.says);

/** @returns what is otherwise than it should be */
function wrongWith(addition: Addition, tree: CopiedTree): readonly string[] {
  const files = handWritten(addition);
  const wrong = files.length > MOST_FILES ? [`takes ${files.length} files: ${files.join(', ')}`] : [];
  const tests = [...new Set(addition.stages.flatMap(({ lacks }) => lacks.map(({ file }) => file)).filter(isTest))];
  for (const { adds, makes, lacks } of addition.stages) {
    for (const edit of adds) tree.apply(edit);
    if (makes) tree.make(makes);
    const isLast = lacks.length === 0;
    const wanted = isLast ? tests : tests.filter((file) => lacks.some((each) => each.file === file));
    const isCompiled = isLast || lacks.some(({ file }) => !isTest(file));
    const found = [...(isCompiled ? tree.compile() : []), ...tree.test(wanted)];
    for (const each of lacks) {
      console.log(`  ${each.what}${isTest(each.file) ? ` (${each.file})` : ''}`);
      if (found.some(isNamed(each))) continue;
      const instead = found.filter(({ file }) => file === each.file).map(({ says }) => says);
      wrong.push([`nothing in ${each.file} says that it lacks ${each.what}`, ...instead].join('\n    '));
    }
    // What is left out may be missed in several places. Once nothing is, nothing is said.
    if (isLast) wrong.push(...found.map(({ file, says }) => `${file}: ${says}`));
  }
  return wrong;
}

const guide = readFileSync('docs/architecture.md', 'utf8');

/** Whether the guide names each file that an addition writes, or what such files are called: `*.case.ts`, `functions/<name>/index.ts`. */
function notInGuide(addition: Addition): readonly string[] {
  const [, said] = new RegExp(`^- \\*Adding ${addition.what}\\*([\\s\\S]*?)(?=^- |^#)`, 'm').exec(guide) ?? [];
  if (said === undefined) return [`docs/architecture.md does not say how to add ${addition.what}`];
  const named = [...said.matchAll(/`([^`]+)`/g)].map(
    ([, name = '']) => new RegExp(`(?:^|/)${name.replaceAll('.', '\\.').replaceAll(/<[^>]*>|\*/g, '[^/]+')}(?:$|/)`),
  );
  return [...handWritten(addition), ...rowsOf(addition)]
    .filter((file) => !named.some((name) => name.test(file)))
    .map((file) => `docs/architecture.md does not say that ${addition.what} takes ${file}`);
}

const [, , wanted = ''] = process.argv;

const tree = new CopiedTree();
try {
  for (const addition of ADDITIONS.filter(({ what }) => what.includes(wanted))) {
    console.log(`${addition.what}; named, where it is left out:`);
    const wrong = [...wrongWith(addition, tree), ...notInGuide(addition)];
    for (const each of wrong) console.error(`  WRONG: ${each}`);
    if (wrong.length > 0) process.exitCode = 1;
    tree.restore();
  }
} finally {
  tree.remove();
}
