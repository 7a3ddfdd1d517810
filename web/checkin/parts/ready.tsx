import { useApp } from '../app-context.ts';
import { readinessOf } from '../readiness.ts';
import { useNow } from '../use-now.ts';

const HALF_A_MINUTE = 30_000;

/** Whether this phone is ready for the doors, and what is wanting: to be looked at before they open. */
export function Ready() {
  const { phone, snapshot, words } = useApp();
  const now = useNow(phone.now, HALF_A_MINUTE);
  return (
    <>
      <dl>
        {readinessOf(snapshot, now).map(([check, isOk]) => (
          <>
            <dt>{words.ready[check]}</dt>
            <dd>{isOk ? `✓ ${words.ready.yes}` : `✗ ${words.ready.no}`}</dd>
          </>
        ))}
      </dl>
      <p>{words.ready.practice}</p>
    </>
  );
}
