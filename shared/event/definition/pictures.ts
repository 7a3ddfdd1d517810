import type { Choices } from '../attendee.ts';
import type { EventDefinition } from '../event.ts';

/**
 * Whether someone refused what may be refused: pictures, recordings and what is done with them. Of someone under 18, both they and
 * their guardian have to say yes; only then is it among their consents (CS7).
 */
export const refusesPictures = (
  { consents }: Pick<EventDefinition<unknown>, 'consents'>,
  choices: Pick<Choices, 'consents'>,
): boolean => consents.some(({ id, required }) => !required && !Object.hasOwn(choices.consents, id));
