import { CONSOLE_PATH } from '../../../shared/kernel/console-page.ts';
import { words } from '../words.ts';
import { Plain } from './parts/plain.tsx';

export function Unknown() {
  return (
    <Plain title={words.unknown.title}>
      <p>
        <a href={CONSOLE_PATH}>{words.unknown.start}</a>
      </p>
    </Plain>
  );
}
