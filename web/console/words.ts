import { en } from './words/en.ts';

/** The catalogue that the console speaks from; another language is another file of the same shape. */
export type Words = typeof en;

export const LANGUAGE = 'en';
export const words: Words = en;
