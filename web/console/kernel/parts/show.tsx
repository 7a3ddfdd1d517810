import type { ComponentChildren } from 'preact';
import { t } from '../../words.ts';
import { isProblem } from '../api/problem.ts';
import { AskWhy } from '../form/ask-why.tsx';
import { Button } from './button.tsx';
import { Failure } from './failure.tsx';
import type { Loading } from './use-loaded.ts';

interface ShowProps<T> {
  readonly of: Loading<T>;
  readonly children: (value: T) => ComponentChildren;
}

/** What was read, or where it should be: lines that appear after 300 ms (by CSS), or what went wrong. */
export function Show<T>({ of: { loaded, reload }, children }: ShowProps<T>) {
  if (loaded.state === 'ready') return <>{children(loaded.value)}</>;
  if (loaded.state === 'failed' && isProblem(loaded.error, 'why-needed')) return <AskWhy onSaid={reload} />;
  if (loaded.state === 'failed') {
    return (
      <>
        <Failure error={loaded.error} />
        <Button kind="second" onPress={reload}>
          {t('common.tryAgain')}
        </Button>
      </>
    );
  }
  return (
    <div class="skeleton" role="status">
      <span class="unseen">{t('common.loading')}</span>
      <i />
      <i />
      <i />
    </div>
  );
}
