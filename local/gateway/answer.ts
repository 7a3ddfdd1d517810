/** What goes back, before the edge compresses it. */
export interface GatewayAnswer {
  readonly status: number;
  /** Lower-case names; `set-cookie` may come more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** API Gateway's own words, byte for byte: `{"message":"Not Found"}`. */
export function errorAnswer(status: number, message: string, headers: GatewayAnswer['headers'] = []): GatewayAnswer {
  return {
    status,
    headers: [['content-type', 'application/json'], ...headers],
    body: Buffer.from(JSON.stringify({ message })),
  };
}

interface StructuredResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/**
 * What API Gateway makes of a handler's result, payload format 2.0: a result without `statusCode` is a JSON body by
 * itself; one that it cannot read is an error of the function.
 */
export function toAnswer(result: unknown): GatewayAnswer {
  if (!isStructured(result)) {
    const text = typeof result === 'string' ? result : JSON.stringify(result);
    return { status: 200, headers: [['content-type', 'application/json']], body: Buffer.from(text) };
  }
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = result;
  if (!Number.isInteger(statusCode) || statusCode < 100 || statusCode > 599 || typeof body !== 'string') {
    return errorAnswer(500, 'Internal Server Error');
  }
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  const typed = named.some(([name]) => name === 'content-type') || body === '';
  return {
    status: statusCode,
    headers: [
      ...(typed ? [] : [['content-type', 'text/plain;charset=UTF-8'] as const]),
      ...named,
      ...cookies.map((cookie) => ['set-cookie', cookie] as const),
    ],
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

const isStructured = (result: unknown): result is StructuredResult =>
  typeof result === 'object' && result !== null && 'statusCode' in result;
