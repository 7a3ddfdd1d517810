import { type Addition, after, type Edit } from './addition.ts';

const ITEM = 'shared/registration/registration.schema.ts';
const MAKER = 'shared/registration/registration-state.store.ts';

const PLACE = 'export const storedRegistration = stored(() => ({';

const instead = (before: string, next: string): Edit => ({ file: ITEM, to: (text) => text.replace(before, next) });

const FIELD = "lunchAt: field(z.string(), 'place', 'event'),";
const WRONG = "bareAt: z.string(), aloneAt: field(z.string()), unknownAt: field(z.string(), 'lunch', 'event'),";

/** Stages after which the item has no type. */
export const MISTYPED_STAGES = 1;

export const storedAttribute: Addition = {
  what: 'a stored attribute',
  stages: [
    {
      // One mistake does not hide another.
      adds: [after(ITEM, PLACE, `\n  ${WRONG}`)],
      lacks: [
        { what: 'that it is a field, which says why it is kept', file: ITEM, says: /Field/ },
        { what: 'its purpose and retention', file: ITEM, says: /Expected 3 arguments/ },
        { what: 'a purpose that the privacy notice has words for', file: ITEM, says: /"lunch"/ },
      ],
    },
    {
      adds: [instead(WRONG, FIELD)],
      lacks: [{ what: 'its value where an item is made', file: MAKER, says: /lunchAt/ }],
    },
    // Items that were written before have none.
    { adds: [instead(FIELD, FIELD.replace('z.string()', 'z.string().optional()'))], lacks: [] },
  ],
};
