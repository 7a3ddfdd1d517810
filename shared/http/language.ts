/** The languages that the site itself speaks, English first. */
export const SITE_LANGUAGES = ['en', 'km'] as const;

/**
 * The language to answer in: the one asked for by `?lang=`, else the first of `Accept-Language` that the site
 * speaks, else English.
 */
export function negotiateLanguage(asked: string | undefined, acceptLanguage: string | undefined): string {
  return (asked === undefined ? undefined : spoken(asked)) ?? preferences(acceptLanguage).find(spoken) ?? 'en';
}

/** Browsers send a handful of tags; more is not worth reading. */
const MOST_TAGS = 20;

function preferences(header = ''): string[] {
  return header
    .slice(0, 500)
    .split(',', MOST_TAGS)
    .map((part) => {
      const [tag = '', ...params] = part.trim().split(';');
      const quality = params.map((param) => param.trim()).find((param) => param.startsWith('q='));
      return { tag: base(tag), weight: quality === undefined ? 1 : Number.parseFloat(quality.slice(2)) || 0 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

const base = (tag: string): string => tag.trim().toLowerCase().split('-')[0] ?? '';

const spoken = (tag: string): string | undefined => SITE_LANGUAGES.find((language) => language === base(tag));
