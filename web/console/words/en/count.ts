const plural = new Intl.PluralRules('en');

/** @example people(1) === '1 person' */
export const people = (count: number): string => `${count} ${plural.select(count) === 'one' ? 'person' : 'people'}`;
