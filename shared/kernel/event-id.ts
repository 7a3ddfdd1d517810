/** The shape of an event's id, and of the ids of what it defines. */
export const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const LONGEST_ID = 40;

/** What cannot be an id is not worth looking up; DynamoDB would refuse a key of 2 KB. */
export const isId = (text: string): boolean => text.length <= LONGEST_ID && ID.test(text);
