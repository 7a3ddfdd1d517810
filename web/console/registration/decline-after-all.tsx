import { words } from '../words.ts';
import { Decline } from './decline.tsx';
import type { OneProps } from './one.ts';

/** For someone who holds a seat, or waits for one: a decision can be wrong. */
export const DeclineAfterAll = (props: OneProps) => (
  <div class="action">
    <h3>{words.decide.afterAll}</h3>
    <p>{words.decide.afterAllExplain}</p>
    <Decline {...props} />
  </div>
);
