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

/** Files that a person writes for one addition, besides words, tests and one row a side. */
const MOST_FILES = 3;

const isNamed =
  ({ file, says }: Omission) =>
  (each: Finding): boolean =>
    each.file === file && says.test(each.says);

interface Lack extends Omission {
  /** The addition without it. */
  readonly of: string;
}

/** @returns what neither the compiler nor a test says of what is left out */
function unnamed(lacks: readonly Lack[], tree: CopiedTree): readonly string[] {
  const files = [...new Set(lacks.map(({ file }) => file))];
  const isCompiled = files.some((file) => !isTest(file));
  const found = [...(isCompiled ? tree.compile() : []), ...tree.test(files.filter(isTest))];
  return lacks.flatMap((each) => {
    const lack = `${each.of} lacks ${each.what}`;
    console.log(`  ${lack}${isTest(each.file) ? ` (${each.file})` : ''}`);
    if (found.some(isNamed(each))) return [];
    const instead = found.filter(({ file }) => file === each.file).map(({ says }) => says);
    return [[`nothing in ${each.file} says that ${lack}`, ...instead].join('\n    ')];
  });
}

/**
 * Adds several things at once, a stage of each at a time: most of a stage's time is spent before the compiler and the tests have begun.
 *
 * @returns what is otherwise than it should be
 */
function wrongWith(additions: readonly Addition[], tree: CopiedTree): readonly string[] {
  const tooMany = additions.flatMap((addition) => {
    const files = handWritten(addition);
    return files.length > MOST_FILES ? [`${addition.what} takes ${files.length} files: ${files.join(', ')}`] : [];
  });
  const named = (lacks: readonly Omission[], { what }: Addition): Lack[] =>
    lacks.map((each) => ({ ...each, of: what }));
  const rounds = Math.max(...additions.map(({ stages }) => stages.length));
  const ofStages = Array.from({ length: rounds }, (_, round) => {
    for (const { stages } of additions) for (const edit of stages[round]?.adds ?? []) tree.apply(edit);
    return unnamed(
      additions.flatMap((each) => named(each.stages[round]?.lacks ?? [], each)),
      tree,
    );
  });
  const makes = additions.flatMap((each) => (each.makes ? [{ ...each.makes, of: each }] : []));
  const ofMade = unnamed(
    makes.flatMap(({ lacks, of }) => named([lacks], of)),
    tree,
  );
  for (const made of new Map(makes.map((each) => [each.file, each])).values()) tree.make(made);
  // What is left out may be missed in several places. Once nothing is, nothing is said.
  const all = [
    ...additions.flatMap(({ stages }) => stages.flatMap(({ lacks }) => lacks)),
    ...makes.map(({ lacks }) => lacks),
  ];
  const found = [...tree.compile(), ...tree.test([...new Set(all.map(({ file }) => file).filter(isTest))])];
  return [...tooMany, ...ofStages.flat(), ...ofMade, ...found.map(({ file, says }) => `${file}: ${says}`)];
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

/** What is added at once: nothing of which half an addition hides what another lacks. */
const TOGETHER: readonly (readonly Addition[])[] = [
  [mailKind, questionType, jsonRoute, deployedFunction, storedAttribute],
  [language],
];

const tree = new CopiedTree();
try {
  for (const together of TOGETHER) {
    const additions = together.filter(({ what }) => what.includes(wanted));
    if (additions.length === 0) continue;
    console.log('named, where it is left out:');
    const wrong = [...wrongWith(additions, tree), ...additions.flatMap(notInGuide)];
    for (const each of wrong) console.error(`  WRONG: ${each}`);
    if (wrong.length > 0) process.exitCode = 1;
    tree.restore();
  }
} finally {
  tree.remove();
}
