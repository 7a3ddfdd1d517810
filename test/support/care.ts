import type { EventDefinition, Question } from '../../shared/event/event.ts';
import { forum } from './forum.ts';
import type { Parts } from './parts.ts';
import { scan } from './registry.ts';

/** In every text that is answered here: it must be found in `Care` alone. */
export const CANARY = 'canary-of-care-4711';

const asked = { care: true, required: false } as const;

/** Needs that a form asks for at once, one of each kind. */
const QUESTIONS: readonly Question[] = [
  {
    ...asked,
    id: 'food',
    type: 'multi-choice',
    when: { mode: ['in-person'] },
    title: { en: 'Food', km: 'អាហារ' },
    options: [
      { id: 'vegan', title: { en: 'Vegan', km: 'បួស' } },
      { id: 'halal', title: { en: 'Halal', km: 'ហាឡាល់' } },
    ],
  },
  {
    ...asked,
    id: 'note',
    type: 'text',
    when: { question: 'food', in: ['vegan', 'halal'] },
    title: { en: 'More about food', km: 'អំពីអាហារ' },
  },
  { ...asked, id: 'help', type: 'long-text', max: 500, title: { en: 'Help', km: 'ជំនួយ' } },
];

export const CARE_ANSWERS = { food: ['vegan'], note: `no chilli, ${CANARY}`, help: `captions, ${CANARY}` };

/** An event whose form asks who needs what, beside what it asks anyone. */
export const careForum = (): Partial<EventDefinition> => ({
  questions: [...forum().questions.filter(({ id }) => id === 'interpretation'), ...QUESTIONS],
});

/** What `Care` holds of the needs of an event's people. */
export const needsOf = (parts: Parts, eventId: string) => scan(parts, 'care', { partitions: [`NEEDS#${eventId}#`] });
