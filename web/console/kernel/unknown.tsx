import { CONSOLE_PATH } from '../../../shared/kernel/console-page.ts';
import { t } from '../words.ts';
import { Plain } from './parts/plain.tsx';

export function Unknown() {
  return (
    <Plain title={t('unknown.title')}>
      <p>
        <a href={CONSOLE_PATH}>{t('unknown.start')}</a>
      </p>
    </Plain>
  );
}
