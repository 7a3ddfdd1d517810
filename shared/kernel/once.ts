/**
 * Makes something at its first use, and keeps it. Schemas cost milliseconds of a cold start, and a request needs few of them.
 */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
