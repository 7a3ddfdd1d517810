import { expect, it } from 'vitest';
import { amendmentBudget, measureAmendments } from '../../bench/amendment-cost.ts';
import { measureCosts, writeUnitBudget } from '../../bench/registration-cost.ts';

it('registers with one read and one transaction within its write units, on a cold and on a warm instance', async () => {
  const costs = await measureCosts();
  expect(costs.map(({ quotas, language, instance }) => `${quotas} ${language} ${instance}`)).toEqual(
    [1, 3, 10].flatMap((quotas) =>
      ['English', 'Khmer'].flatMap((language) =>
        ['cold', 'warm'].map((instance) => `${quotas} ${language} ${instance}`),
      ),
    ),
  );
  for (const cost of costs) {
    expect(cost).toMatchObject({ reads: 1, transactions: 1, others: 0 });
    expect(cost.writeUnits, JSON.stringify(cost)).toBeLessThanOrEqual(writeUnitBudget(cost.quotas));
  }
});

it('amends with one read and one transaction within its write units, however many quotas it moves between', async () => {
  const costs = await measureAmendments();
  expect(costs).toHaveLength(8);
  for (const cost of costs) {
    expect(cost).toMatchObject({ reads: 1, transactions: 1, others: 0 });
    expect(cost.writeUnits, JSON.stringify(cost)).toBeLessThanOrEqual(amendmentBudget(cost.quotas));
  }
});
