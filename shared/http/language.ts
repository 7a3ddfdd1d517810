import { PROBLEMS_IN_WORDS } from '../i18n/problems.ts';

/** The languages that the site itself speaks. */
const SITE_LANGUAGES: readonly string[] = Object.keys(PROBLEMS_IN_WORDS);

/** Browsers send a handful of tags; more is not worth reading. */
const MOST_TAGS = 20;
/** Characters. */
const LONGEST_HEADER = 500;
/** RFC 9110, 12.4.2; without it, a tag weighs 1. */
const QUALITY = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/**
 * The language to answer in: the one asked for by `?lang=`, else the first of `Accept-Language` that the site
 * speaks, else English.
 *
 * @param languages BCP 47 tags
 */
export function negotiateLanguage(
  asked: string | undefined,
  acceptLanguage: string | undefined,
  languages: readonly string[] = SITE_LANGUAGES,
): string {
  const wanted = asked === undefined ? [] : [asked];
  for (const tag of [...wanted, ...preferences(acceptLanguage)]) {
    const match = spoken(tag, languages);
    if (match !== undefined) return match;
  }
  return 'en';
}

/** The tags of the header, the most wanted first. */
function preferences(header = ''): string[] {
  return header
    .slice(0, LONGEST_HEADER)
    .split(',', MOST_TAGS)
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((each) => each.trim());
      const weight = parameters.length === 0 ? 1 : Number(QUALITY.exec(parameters.join(';'))?.[1] ?? 0);
      return { tag, weight };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

/**
 * Of what the site speaks, the language that a reader of `tag` understands best: `pt-TL` for `pt-TL`, else `pt`
 * (RFC 4647, lookup), else the Portuguese of another region rather than English.
 */
function spoken(tag: string, languages: readonly string[]): string | undefined {
  const bySpecificity = [...languages].sort((a, b) => b.length - a.length);
  return (
    bySpecificity.find((language) => isWithin(tag, language)) ??
    bySpecificity.find((language) => isWithin(language, baseOf(tag)))
  );
}

const isWithin = (tag: string, range: string): boolean => `${tag}-`.toLowerCase().startsWith(`${range}-`.toLowerCase());

const baseOf = (tag: string): string => tag.split('-', 1)[0] ?? '';
