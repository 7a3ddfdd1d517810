import { Button } from '../kernel/parts/button.tsx';
import { Failure } from '../kernel/parts/failure.tsx';
import { words } from '../words.ts';
import { Decline } from './decline.tsx';
import type { OneProps } from './one.ts';
import { useChange } from './use-change.ts';
import { outcome, useDecision } from './use-decision.ts';

/** On someone who waits for it: approving takes one press. */
export function Decide(props: OneProps) {
  const { one, ...rest } = props;
  const { busy, error, change } = useChange(rest);
  const decide = useDecision(one);
  return (
    <section class="decide" aria-labelledby="decide">
      <h2 id="decide">{words.decide.title}</h2>
      {one.closedSessions && <p>{words.decide.closedSessions}</p>}
      <Failure error={error} />
      <div class="buttons">
        <Button busy={busy} onPress={() => change(() => decide({ decision: 'approve' }), outcome)}>
          {words.decide.approve}
        </Button>
        <Decline {...props} />
      </div>
    </section>
  );
}
