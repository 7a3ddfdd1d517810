import { expect, it } from 'vitest';
import { provenRequirements } from '../house/requirements.ts';

it('what proves a requirement does so under the same title', async () => {
  const proven = provenRequirements();
  expect(proven.length).toBeGreaterThan(500);
  await expect(`${proven.join('\n')}\n`).toMatchFileSnapshot('../golden/requirements.txt');
});
