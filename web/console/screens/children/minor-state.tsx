import { words } from '../../words.ts';
import type { MinorRow } from './list.ts';

/** Whom a young person's registration waits for; once it is complete, what it is like anyone's. */
export const MinorState = ({
  of: { step, status, guardianUnreachable },
}: {
  readonly of: Pick<MinorRow, 'step' | 'status' | 'guardianUnreachable'>;
}) => (
  <>
    <span class={`tag ${status}`}>{step === 'complete' ? words.status[status] : words.children.step[step]}</span>
    {guardianUnreachable && <span class="tag unreachable">{words.children.unreachable}</span>}
  </>
);
