/*
 * Runs at CloudFront's edge too (`kernel/http/viewer-request.ts`), whose JavaScript has no destructuring, spreading or `for`-`of`.
 */

/** Browsers send a handful of tags; more is not worth reading. */
const MOST_TAGS = 20;
/** Characters. */
const LONGEST_HEADER = 500;
/** RFC 9110, 12.4.2; without it, a tag weighs 1. */
const QUALITY = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/**
 * Which of `languages` a reader asks for, each once, the most wanted first.
 *
 * @param acceptLanguage the header; what is malformed in it counts for nothing
 * @param languages BCP 47 tags
 */
export const wantedLanguages = (acceptLanguage: string, languages: readonly string[]): string[] =>
  preferences(acceptLanguage)
    .map((tag) => spokenLanguage(tag, languages))
    .filter((language, place, all): language is string => language !== undefined && all.indexOf(language) === place);

/**
 * Of `languages`, the one that a reader of `tag` understands best: `pt-TL` for `pt-TL`, else `pt` (RFC 4647, lookup),
 * else the Portuguese of another region rather than English.
 */
export function spokenLanguage(tag: string, languages: readonly string[]): string | undefined {
  const bySpecificity = languages
    .slice()
    .sort((a, b) => b.length - a.length || languages.indexOf(a) - languages.indexOf(b));
  return (
    bySpecificity.find((language) => isWithin(tag, language)) ??
    bySpecificity.find((language) => isWithin(language, baseOf(tag)))
  );
}

/** The tags of the header, the most wanted first. */
const preferences = (header: string): string[] =>
  header
    .slice(0, LONGEST_HEADER)
    .split(',', MOST_TAGS)
    .map((part, place) => {
      const parameters = part.split(';').map((each) => each.trim());
      const tag = parameters.shift() ?? '';
      const weight = parameters.length === 0 ? 1 : Number(QUALITY.exec(parameters.join(';'))?.[1] ?? 0);
      return { tag, weight, place };
    })
    .filter((each) => each.weight > 0)
    .sort((a, b) => b.weight - a.weight || a.place - b.place)
    .map((each) => each.tag);

const isWithin = (tag: string, range: string): boolean => `${tag}-`.toLowerCase().startsWith(`${range}-`.toLowerCase());

const baseOf = (tag: string): string => tag.split('-', 1)[0] ?? '';
