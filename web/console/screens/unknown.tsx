import { CONSOLE_PATH } from '../../../shared/contract/console-page.ts';
import { Plain } from '../parts/plain.tsx';
import { words } from '../words.ts';

export function Unknown() {
  return (
    <Plain title={words.unknown.title}>
      <p>
        <a href={CONSOLE_PATH}>{words.unknown.start}</a>
      </p>
    </Plain>
  );
}
