import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Mutation, mutationsIn } from './mutations.ts';
import { RENAMED } from './renamed.ts';

/** Pure code of a capability: no layer in its suffix. */
const RULES = /^shared\/\w+\/[^.]+\.ts$/;
const ANY = /^shared\/\w+\/.+\.ts$/;
const SEED = 'rules of 2026-11-28';
const HOW_MANY = 200;
/** So that no rule has many more than others. */
const MOST_OF_ONE = 3;

interface Placed extends Mutation {
  /** From the root of the project. */
  readonly file: string;
}

const declarationIn = (id: string): string => id.slice(0, id.indexOf(': '));
const changeIn = (id: string): string => id.slice(id.indexOf(': ') + 2, id.lastIndexOf(' ('));

function everyMutation(within: RegExp): readonly Placed[] {
  const files = (readdirSync('shared', { recursive: true }) as string[]).map((name) => join('shared', name));
  return files
    .filter((file) => within.test(file))
    .flatMap((file) => {
      return mutationsIn(readFileSync(file, 'utf8'), file).map((mutation) => ({ ...mutation, file }));
    });
}

/** By the name of what is declared; nothing where two files declare it, for then the name says too little. */
function byDeclaration(mutations: readonly Placed[]): ReadonlyMap<string, readonly Placed[]> {
  const all = groupBy(mutations, ({ id }) => declarationIn(id));
  return new Map([...all].filter(([, each]) => new Set(each.map(({ file }) => file)).size === 1));
}

/** As many mutations of the rules as are wanted, of every kind of change in turn, as chance that is always the same has it. */
export function choose(): readonly string[] {
  const order = (id: string): string => createHash('sha256').update(`${SEED} ${id}`).digest('hex');
  const byChance = (ids: readonly string[]) => [...ids].sort((one, other) => (order(one) < order(other) ? -1 : 1));
  const rules = [...byDeclaration(everyMutation(RULES)).values()].flatMap((of) =>
    byChance(of.map(({ id }) => id)).slice(0, MOST_OF_ONE),
  );
  const queues = [...groupBy(byChance(rules), changeIn).values()];
  const inTurn = rules.flatMap((_, turn) => queues.flatMap((queue) => queue[turn] ?? []));
  return inTurn.slice(0, HOW_MANY).sort();
}

/** Mutations by the file, its whole path, in which they are now. @throws where one is nowhere, or could be in two places */
export function placesOf(ids: readonly string[]): ReadonlyMap<string, readonly Mutation[]> {
  // What nothing pure asks for any more may have become part of the file that does.
  const known = new Map([...byDeclaration(everyMutation(ANY)), ...byDeclaration(everyMutation(RULES))]);
  const found = ids.map((id) => {
    const name = declarationIn(id);
    const now = `${RENAMED[name] ?? name}${id.slice(name.length)}`;
    const mutation = known.get(declarationIn(now))?.find((each) => each.id === now);
    if (mutation === undefined) throw new Error(`there is no one place for "${id}": see test/mutants/renamed.ts`);
    return { ...mutation, id };
  });
  return groupBy(found, ({ file }) => resolve(file));
}

function groupBy<Each>(all: readonly Each[], nameOf: (each: Each) => string): ReadonlyMap<string, readonly Each[]> {
  const groups = new Map<string, Each[]>();
  for (const each of all) groups.set(nameOf(each), [...(groups.get(nameOf(each)) ?? []), each]);
  return groups;
}
