/** What goes back, before the edge compresses it. */
export interface Answer {
  readonly status: number;
  /** Lower-case names; `set-cookie` may come more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** API Gateway's own words, byte for byte: `{"message":"Not Found"}`. */
export function errorAnswer(status: number, message: string, headers: Answer['headers'] = []): Answer {
  return {
    status,
    headers: [['content-type', 'application/json'], ...headers],
    body: Buffer.from(JSON.stringify({ message })),
  };
}
