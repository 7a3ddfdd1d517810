import { spokenLanguage, wantedLanguages } from '../text/language.ts';

/**
 * The header by which functions know what came through CloudFront, which writes it over whatever a viewer sent by that name.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html
 */
export const ORIGIN_KEY_HEADER = 'x-origin-key';

/*
 * What follows runs at CloudFront's edge, whose JavaScript has no destructuring, spreading, `for`-`of` or default values; what builds it for there
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
  cookies: Record<string, Sent>;
}

/** What of a request any answer can depend on. */
export interface RequestLimits {
  /** Those that the site speaks: BCP 47 tags. */
  readonly languages: readonly string[];
  /** The query parameters of paths in API Gateway's notation, in order; of all that may fit a path, the first one is meant. */
  readonly paths: readonly (readonly [path: string, names: readonly string[]])[];
  /** The parameters of all other paths. */
  readonly otherwise: readonly string[];
  /** The names of all cookies. */
  readonly cookies: readonly string[];
}

/** The query parameter that asks for a language, by a tag of BCP 47. */
const LANGUAGE = 'lang';

/**
 * Leaves of a request what an answer can depend on, always in the same form: with it goes into the key under which CloudFront keeps
 * the answer, and two browsers that are answered the same share it. `Accept-Language` becomes the list of those languages that the
 * site speaks, the most wanted first; the query becomes the parameters that the path knows, by their names, with a language that the
 * site speaks; cookies of others, such as those of the whole domain that an organisation's other sites set, are left out.
 */
export function normaliseRequest<R extends ViewerRequest>(request: R, known: RequestLimits): R {
  const sent = request.querystring as Record<string, Sent>;
  request.querystring = namesOf(request.uri, known)
    .map((name) =>
      (name === LANGUAGE ? languageIn(valuesOf(sent[name]), known) : valuesOf(sent[name]))
        .map((value) => `${name}=${value}`)
        .join('&'),
    )
    .filter((each) => each !== '')
    .join('&');
  const wanted = wantedLanguages(valuesOf(request.headers['accept-language']).join(','), known.languages);
  if (wanted.length > 0) request.headers['accept-language'] = { value: wanted.join(',') };
  else delete request.headers['accept-language'];
  Object.keys(request.cookies)
    .filter((name) => known.cookies.indexOf(name) < 0)
    .forEach((name) => {
      delete request.cookies[name];
    });
  return request;
}

function namesOf(uri: string, known: RequestLimits): readonly string[] {
  const segments = uri.split('/');
  const found = known.paths.find((each) => fits(each[0].split('/'), segments));
  return found === undefined ? known.otherwise : found[1];
}

const fits = (pattern: readonly string[], sent: readonly string[]): boolean =>
  pattern.length === sent.length &&
  pattern.every((each, index) => (each.charAt(0) === '{' ? sent[index] !== '' : each === sent[index]));

/** The language that is meant, if the site speaks it: functions see parameters that came more than once as one, with commas. */
function languageIn(values: readonly string[], known: RequestLimits): readonly string[] {
  const language = spokenLanguage(values.join(','), known.languages);
  return language === undefined ? [] : [language];
}

function valuesOf(sent: Sent | undefined): readonly string[] {
  if (sent === undefined) return [];
  return sent.multiValue === undefined ? [sent.value] : sent.multiValue.map((each) => each.value);
}
