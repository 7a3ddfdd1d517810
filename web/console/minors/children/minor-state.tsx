import { t } from '../../words.ts';
import type { MinorRow } from './list.ts';

/** Whom a young person's registration waits for; once it is complete, what it is like anyone's. */
export const MinorState = ({
  of,
}: {
  readonly of: Pick<MinorRow, 'step' | 'status' | 'guardianUnreachable' | 'handoverWaiting'>;
}) => (
  <>
    <span class={`tag ${of.status}`}>{stateText(of)}</span>
    {of.guardianUnreachable && <span class="tag unreachable">{t('minors.children.unreachable')}</span>}
    {of.handoverWaiting && <span class="tag pending-guardian">{t('minors.children.leaving')}</span>}
  </>
);

export const stateText = ({ step, status }: Pick<MinorRow, 'step' | 'status'>): string =>
  step === 'complete' ? t(`status.${status}`) : t(`minors.children.step.${step}`);
