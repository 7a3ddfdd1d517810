export const LANGUAGE = 'en';

/** The catalogue that the console speaks from; another language is another one with the same names. */
export * as words from './words/en.ts';
