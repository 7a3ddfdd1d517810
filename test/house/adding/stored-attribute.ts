import { type Addition, after, type Edit } from './addition.ts';

const ITEM = 'shared/registration/registration.schema.ts';
const MAKER = 'shared/registration/registration-state.store.ts';

const PLACE = 'export const storedRegistration = stored(() => ({';

const instead = (before: string, next: string): Edit => ({ file: ITEM, to: (text) => text.replace(before, next) });

const [bare, alone, unknown, field] = [
  'lunchAt: z.string(),',
  'lunchAt: field(z.string()),',
  "lunchAt: field(z.string(), 'lunch', 'event'),",
  "lunchAt: field(z.string(), 'place', 'event'),",
];

/** Stages after which the item has no type. */
export const MISTYPED_STAGES = 3;

export const storedAttribute: Addition = {
  what: 'a stored attribute',
  stages: [
    {
      adds: [after(ITEM, PLACE, `\n  ${bare}`)],
      lacks: [{ what: 'that it is a field, which says why it is kept', file: ITEM, says: /Field/ }],
    },
    {
      adds: [instead(bare, alone)],
      lacks: [{ what: 'its purpose and retention', file: ITEM, says: /Expected 3 arguments/ }],
    },
    {
      adds: [instead(alone, unknown)],
      lacks: [{ what: 'a purpose that the privacy notice has words for', file: ITEM, says: /"lunch"/ }],
    },
    {
      adds: [instead(unknown, field)],
      lacks: [{ what: 'its value where an item is made', file: MAKER, says: /lunchAt/ }],
    },
    // Items that were written before have none.
    { adds: [instead(field, field.replace('z.string()', 'z.string().optional()'))], lacks: [] },
  ],
};
