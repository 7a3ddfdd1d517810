import { useApp } from '../app-context.ts';
import { Plain } from '../parts/plain.tsx';
import { SaveScans } from '../parts/save-scans.tsx';
import type { Enrolment } from '../use-enrolment.ts';
import { Problem } from './enrol.tsx';

/** A link was opened on a phone that is a device already. */
export function ReplaceDevice({ enrolment }: { readonly enrolment: Enrolment }) {
  const { snapshot, words } = useApp();
  const { code = '', isBusy, problem, take, leave } = enrolment;
  return (
    <Plain title={words.enrol.already(snapshot.device?.name ?? '')}>
      <Problem of={problem} />
      {problem === 'unsent' && <SaveScans />}
      <p>{words.enrol.replace}</p>
      <p role="status">{isBusy && words.enrol.busy}</p>
      <div class="ways">
        <button type="button" aria-disabled={isBusy || undefined} onClick={() => isBusy || take(code)}>
          {words.enrol.replaceIt}
        </button>
        <button type="button" class="second" onClick={leave}>
          {words.enrol.keep}
        </button>
      </div>
    </Plain>
  );
}
