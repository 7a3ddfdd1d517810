/** All that is known of anyone's age: never a date of birth. */
export type AgeBand = 'adult' | 'minor';
