/** What these screens say. It is fetched with them: the catalogue that all screens speak from is in the first script as a whole. */
export * as said from '../words/en/feedback.ts';
