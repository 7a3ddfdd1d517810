import { wantedLanguages } from '../domain/language.ts';

/*
 * Runs at CloudFront's edge, whose JavaScript has no destructuring, spreading, `for`-`of` or default values; what builds it for there
 * refuses those.
 */

/** One query parameter or header of a request as CloudFront hands it to functions; `multiValue` where it came more than once. */
export interface Sent {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
}

/**
 * A request as CloudFront hands it to functions, and takes it back.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export interface ViewerRequest {
  readonly uri: string;
  /** Values as they were sent, percent-encoded; given back as one text. */
  querystring: Record<string, Sent> | string;
  headers: Record<string, Sent>;
}

/** What of a request any answer can depend on. */
export interface Known {
  /** Those that the site speaks: BCP 47 tags. */
  readonly languages: readonly string[];
  /** The query parameters of paths in API Gateway's notation, in order; of all that may fit a path, the first one is meant. */
  readonly paths: readonly (readonly [path: string, names: readonly string[]])[];
  /** The parameters of all other paths. */
  readonly otherwise: readonly string[];
}

/**
 * Leaves of a request what an answer can depend on, always in the same form: with it goes into the key under which CloudFront keeps
 * the answer, and two browsers that are answered the same share it. `Accept-Language` becomes the list of those languages that the
 * site speaks, the most wanted first; the query becomes the parameters that the path knows, by their names.
 */
export function normaliseRequest<R extends ViewerRequest>(request: R, known: Known): R {
  const sent = request.querystring as Record<string, Sent>;
  request.querystring = namesOf(request.uri, known)
    .filter((name) => sent[name] !== undefined)
    .map((name) =>
      valuesOf(sent[name])
        .map((value) => `${name}=${value}`)
        .join('&'),
    )
    .join('&');
  const wanted = wantedLanguages(valuesOf(request.headers['accept-language']).join(','), known.languages);
  if (wanted.length > 0) request.headers['accept-language'] = { value: wanted.join(',') };
  else delete request.headers['accept-language'];
  return request;
}

function namesOf(uri: string, known: Known): readonly string[] {
  const segments = uri.split('/');
  const found = known.paths.find((each) => fits(each[0].split('/'), segments));
  return found === undefined ? known.otherwise : found[1];
}

const fits = (pattern: readonly string[], sent: readonly string[]): boolean =>
  pattern.length === sent.length &&
  pattern.every((each, index) => (each.charAt(0) === '{' ? sent[index] !== '' : each === sent[index]));

function valuesOf(sent: Sent | undefined): readonly string[] {
  if (sent === undefined) return [];
  return sent.multiValue === undefined ? [sent.value] : sent.multiValue.map((each) => each.value);
}
