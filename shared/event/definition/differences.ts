/** A place at which two definitions differ. */
export interface Difference {
  /** Names of fields, and ids or codes of what lists hold: `quotas`, `room`, `capacity`. */
  readonly path: readonly string[];
  /** Absent where it is added. */
  readonly before?: unknown;
  /** Absent where it is taken away. */
  readonly after?: unknown;
  /** A list of which the parts that stay are in another order; both values are absent. */
  readonly moved?: true;
}

/** In what two authored definitions differ, but for their version, in the order of the first. */
export function differences(before: object, after: object): readonly Difference[] {
  return between(before, after, []).filter(({ path: [part] }) => part !== 'version');
}

function between(before: unknown, after: unknown, path: readonly string[]): readonly Difference[] {
  const [was, is] = [partsOf(before), partsOf(after)];
  if (was === undefined || is === undefined) return isSame(before, after) ? [] : [{ path, ...values(before, after) }];
  const names = new Set([...was.keys(), ...is.keys()]);
  const inside = [...names].flatMap((name) => between(was.get(name), is.get(name), [...path, name]));
  const staying = [...was.keys()].filter((name) => is.has(name));
  const isMoved =
    Array.isArray(before) &&
    !isSame(
      staying,
      [...is.keys()].filter((name) => was.has(name)),
    );
  return isMoved ? [...inside, { path, moved: true }] : inside;
}

const values = (before: unknown, after: unknown) => ({
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
});

/** Fields by name, or the parts of a list by their id; nothing of a text, a number, a list of these, or one that has an id twice. */
function partsOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (!Array.isArray(value)) return isFields(value) ? new Map(Object.entries(value)) : undefined;
  const ids = value.map((each) => each?.id ?? each?.code);
  return ids.includes(undefined) || new Set(ids).size < ids.length
    ? undefined
    : new Map(value.map((each, index) => [ids[index], each]));
}

const isFields = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether values say the same, whatever the order of their fields. */
function isSame(a: unknown, b: unknown): boolean {
  if (!isFields(a) || !isFields(b)) return a === b;
  const names = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    names.length === Object.keys(b).length &&
    names.every((name) => name in b && isSame(Reflect.get(a, name), Reflect.get(b, name)))
  );
}
