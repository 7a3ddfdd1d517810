import { readFileSync } from 'node:fs';
import { type Addition, type Finding, handWritten, type Omission } from './addition.ts';
import { CopiedTree } from './copied-tree.ts';
import { mailKind } from './mail-kind.ts';

/*
 * Adds things to a copy of the product, step by step: the compiler has to name all that is left out, and nothing once all is there.
 */

const ADDITIONS: readonly Addition[] = [mailKind];

/** Files that a person writes for one addition, besides words and tests. */
const MOST_FILES = 3;

const isNamed =
  ({ file, says }: Omission) =>
  (each: Finding): boolean =>
    each.file === file && says.test(each.says);

/** @returns what is otherwise than it should be */
function wrongWith(addition: Addition): readonly string[] {
  const files = handWritten(addition);
  const tree = new CopiedTree(addition.include);
  try {
    return [
      ...(files.length > MOST_FILES ? [`takes ${files.length} files: ${files.join(', ')}`] : []),
      ...addition.stages.flatMap(({ adds, lacks }) => {
        for (const edit of adds) tree.apply(edit);
        const found = tree.compile();
        for (const { what } of lacks) console.log(`  ${what}`);
        const unnamed = lacks.filter((each) => !found.some(isNamed(each)));
        // What is left out may be missed in several places. Once nothing is, nothing is said.
        const others = lacks.length === 0 ? found : [];
        return [
          ...unnamed.map(({ what, file }) => `nothing in ${file} says that it lacks ${what}`),
          ...others.map(({ file, says }) => `${file}: ${says}`),
        ];
      }),
    ];
  } finally {
    tree.remove();
  }
}

const guide = readFileSync('docs/architecture.md', 'utf8');

for (const addition of ADDITIONS) {
  console.log(`${addition.what}; the compiler names, where it is left out:`);
  const wrong = [
    ...wrongWith(addition),
    ...(guide.includes(`*Adding ${addition.what}*`)
      ? []
      : [`docs/architecture.md does not say how to add ${addition.what}`]),
  ];
  for (const each of wrong) console.error(`  WRONG: ${each}`);
  if (wrong.length > 0) process.exitCode = 1;
}
