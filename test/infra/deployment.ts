import { type Context, stacksOf } from './fixture.ts';
import { type StackShape, shapeOf, updateProblems } from './stack-shape.ts';

/** Stacks by name, in the order in which they are deployed. */
export type Deployed = ReadonlyMap<string, StackShape>;

const shapes = new Map<Context, Deployed>();

/** A configuration, once it is deployed where nothing was. */
export function deployedOf(context: Context): Deployed {
  const known = shapes.get(context);
  if (known !== undefined) return known;
  const deployed = new Map(stacksOf(context).map(({ name, template }) => [name, shapeOf(template)]));
  shapes.set(context, deployed);
  return deployed;
}

/**
 * What goes wrong when one configuration is deployed over another, stack by stack. What left the app stays deployed as it was. One
 * that stops after any stack leaves the others at their earlier templates, which is how this looks at each stack.
 */
export function deploymentProblems(from: Deployed, to: Deployed): string[] {
  const deployed = new Map(from);
  return [...to].flatMap(([name, shape]) => {
    const problems = stackProblems(deployed, name, shape);
    deployed.set(name, shape);
    return problems;
  });
}

/** What goes wrong when such a deployment stopped after any stack, and the first configuration is deployed again. */
export function returnProblems(from: Deployed, to: Deployed): string[] {
  const deployed = new Map(from);
  return [...to].flatMap(([name, shape]) => {
    deployed.set(name, shape);
    return deploymentProblems(deployed, from).map((problem) => `back after ${name}: ${problem}`);
  });
}

/** Of one stack, created or updated while the others are as they are. */
function stackProblems(deployed: Deployed, name: string, shape: StackShape): string[] {
  const others = [...deployed].flatMap(([other, its]) => (other === name ? [] : [its]));
  const exported = new Set(others.flatMap(({ exports }) => Object.keys(exports)));
  const missing = shape.imports
    .filter((each) => !exported.has(each))
    .map((each) => `${each} is imported, but not there`);
  const unread = shape.reads.filter((each) => {
    const [stack = '', output = ''] = each.split('.');
    return !(output in (deployed.get(stack)?.outputs ?? {}));
  });
  const before = deployed.get(name);
  const imported = new Set(others.flatMap(({ imports }) => imports));
  const read = new Set(others.flatMap(({ reads }) => reads).map((each) => each.slice(`${name}.`.length)));
  return [
    ...missing,
    ...unread.map((each) => `${each} is read, but not there`),
    ...(before === undefined ? [] : updateProblems(before, shape, imported, read)),
  ].map((problem) => `${name}: ${problem}`);
}
