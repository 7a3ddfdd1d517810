import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, type Facts, holds, narrowCondition } from '../../shared/event/condition.ts';
import { categoriesFor, offeredToMinors } from '../../shared/event/definition/offered-to.ts';
import type { EventDefinition, Question } from '../../shared/event/event.ts';
import { checkSubmission } from '../../shared/registration/apply/submission.ts';
import { submission } from '../support/forum.ts';
import { forum } from '../support/site-pages.ts';

const CATEGORIES = ['ngo', 'media', 'children-youth', 'academia'];
const MODES = ['in-person', 'online'];
const ANSWERS = ['yes', 'no'];

const some = (of: readonly string[]) => fc.subarray([...of], { minLength: 1 });
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.record({ category: some(CATEGORIES) }),
    fc.record({ mode: some(MODES) }),
    fc.record({ question: fc.constantFrom('asked', 'unasked'), in: some(ANSWERS) }),
    fc.record({ not: tie('condition') }),
    fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }),
  ) as fc.Arbitrary<Condition>,
}));

describe('a condition where only some groups can be chosen', () => {
  it('says the same as before of everyone in them', () => {
    const facts = fc.record({
      category: fc.nat(),
      mode: fc.constantFrom(...MODES),
      asked: fc.constantFrom(...ANSWERS),
    });
    fc.assert(
      fc.property(condition, some(CATEGORIES), facts, (whole, categories, { category, mode, asked }) => {
        const left = narrowCondition(whole, { categories, unasked: new Set(['unasked']) });
        const of: Facts = { category: categories[category % categories.length], mode, answers: { asked } };
        expect(typeof left === 'boolean' ? left : holds(left, of)).toBe(holds(whole, of));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what people under 18 are asked', () => {
  const event = forum('en');
  const young = offeredToMinors(event);

  it('offers them the groups that are for them, and adults all', () => {
    expect(young.categories.map(({ id }) => id)).toEqual(['children-youth']);
    expect(categoriesFor(event, 'adult')).toEqual(event.categories);
  });

  it('leaves out what then concerns nobody, whatever it hangs on, and says of the rest whom it concerns', () => {
    const question = (id: string, when?: Condition): Question<string> => ({
      id,
      type: 'yes-no',
      required: false,
      title: id,
      ...(when && { when }),
    });
    const questions = [
      question('companies', { category: ['private-sector'] }),
      question('largeCompanies', { question: 'companies', in: ['true'] }),
      question('young', { category: ['ngo', 'children-youth'] }),
      question('here', { all: [{ category: ['children-youth'] }, { mode: ['in-person'] }] }),
      question('notCompanies', { not: { question: 'companies', in: ['true'] } }),
      question('all'),
    ];
    expect(offeredToMinors({ ...event, questions }).questions).toEqual([
      question('young'),
      question('here', { mode: ['in-person'] }),
      question('notCompanies'),
      question('all'),
    ]);
  });

  it('CS21: says what they agree to in words for them, where there are such', () => {
    const [conduct] = event.consents;
    expect(conduct?.youngPoints?.length).toBeGreaterThan(3);
    expect(young.consents[0]).toMatchObject({ version: conduct?.version, points: conduct?.youngPoints });
    const bare = { ...event, consents: event.consents.map(({ youngPoints: _, ...consent }) => consent) };
    expect(offeredToMinors(bare).consents).toEqual(bare.consents);
  });

  it('is all that is taken from them', () => {
    const issuesOf = (band: 'minor' | 'adult', category: string, of: EventDefinition<string> = event) => {
      const sent = submission({ ageBand: band, category, answers: {} });
      const result = checkSubmission({ ...of, questions: [] }, sent as never, band);
      return 'issues' in result ? result.issues.map(({ path, code }) => `${path} ${code}`) : [];
    };
    expect(issuesOf('minor', 'media')).toEqual(['category unknown-option']);
    expect(issuesOf('minor', 'children-youth')).toEqual([]);
    expect(issuesOf('adult', 'media')).toEqual([]);
  });
});
