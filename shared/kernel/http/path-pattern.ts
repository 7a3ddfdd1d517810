/** The values of a pattern's variables in a path that fits it. */
export type PathParameters = Readonly<Record<string, string>>;

export interface PathPattern {
  /** How many segments are variables; of two patterns that fit, the one with fewer is meant. */
  readonly variables: number;
  /** @returns nothing where the path does not fit */
  readonly match: (path: string) => PathParameters | undefined;
}

const VARIABLE = /^\{(\w+)(\+?)\}$/;

/**
 * A path in API Gateway's notation. A variable (`{eventId}`) takes one segment, which is never empty. A greedy one (`{proxy+}`) stands
 * at the end and takes the rest, but at least one character: it does not fit the path of its parent.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function pathPattern(pattern: string): PathPattern {
  const segments = pattern.split('/');
  const named = segments.map((segment) => VARIABLE.exec(segment));
  const last = named.at(-1);
  const isGreedy = last?.[2] === '+';
  return {
    variables: named.filter((each) => each !== null).length,
    match(path) {
      const sent = path.split('/');
      const parts = isGreedy ? [...sent.slice(0, segments.length - 1), restFrom(sent, segments.length - 1)] : sent;
      if (parts.length !== segments.length) return undefined;
      const parameters: [string, string][] = [];
      for (const [index, part] of parts.entries()) {
        const name = named[index]?.[1];
        if (name === undefined ? part !== segments[index] : part === '') return undefined;
        if (name !== undefined) parameters.push([name, part]);
      }
      return Object.fromEntries(parameters);
    },
  };
}

const restFrom = (sent: readonly string[], start: number): string => sent.slice(start).join('/');
