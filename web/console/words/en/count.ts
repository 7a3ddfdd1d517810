const plural = new Intl.PluralRules('en');
const written = new Intl.NumberFormat('en-GB');

/** @example number(3000) === '3,000' */
export const number = (value: number): string => written.format(value);

/** @example count(1, 'seat', 'seats') === '1 seat' */
export const count = (value: number, one: string, other: string): string =>
  `${number(value)} ${plural.select(value) === 'one' ? one : other}`;

export const people = (value: number): string => count(value, 'person', 'people');
