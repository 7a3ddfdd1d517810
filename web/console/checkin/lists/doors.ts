/** What the screens of phones and scans say, which are fetched late: the rest of the catalogue comes with the first script. */
export * as doors from '../../words/en/doors.ts';
