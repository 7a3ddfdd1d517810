import { useState } from 'preact/hooks';
import { useAct, useDesk } from '../../desk.ts';
import { ApiProblem } from '../../kernel/api/problem.ts';
import { Form } from '../../kernel/form/form.tsx';
import { Button } from '../../kernel/parts/button.tsx';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { Failure } from '../../kernel/parts/failure.tsx';
import { t } from '../../words.ts';
import type { HandOvers } from '../review/answers.ts';
import { NotSavedFileError, readSavedFile, type SavedScans } from './saved-file.ts';

const NAME = 'saved-file';

/** Takes the file that a phone saved. Nothing of it counts by that. */
export function BringFile({ onBrought }: { readonly onBrought: (after: HandOvers) => void }) {
  return (
    <Disclosure label={t('doors.handOver.bring')}>
      {(close) => <BringForm onBrought={onBrought} onClose={close} />}
    </Disclosure>
  );
}

interface BringFormProps {
  readonly onBrought: (after: HandOvers) => void;
  readonly onClose: () => void;
}

function BringForm({ onBrought, onClose }: BringFormProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [file, setFile] = useState<File>();
  const [problem, setProblem] = useState<string>();

  async function send({ device, id: handOverId, parts, entries }: SavedScans): Promise<void> {
    for (const [place, scans] of parts.entries()) {
      const body = { device, entries, scans, isLast: place === parts.length - 1 };
      const params = { eventId: event.id, handOverId };
      onBrought(await api('PUT /api/organiser/events/{eventId}/check-in/hand-overs/{handOverId}', { params, body }));
    }
  }

  async function bring(): Promise<void> {
    setProblem(undefined);
    if (file === undefined) return setProblem(t('doors.handOver.chooseFirst'));
    try {
      const { phones, elsewhere } = await readSavedFile(await file.text(), event.id);
      if (phones.length === 0) return setProblem(t('doors.handOver.otherEvent'));
      for (const phone of phones) await send(phone);
      tell(elsewhere === 0 ? t('doors.handOver.brought') : t('doors.handOver.broughtBut', { elsewhere }));
      onClose();
    } catch (problem) {
      const isStrange = problem instanceof ApiProblem && problem.errors.some(({ path }) => path === 'device');
      if (isStrange) setProblem(t('doors.handOver.unknownPhone'));
      else if (problem instanceof NotSavedFileError) setProblem(t('doors.handOver.notSaved'));
      else throw problem;
    }
  }

  return (
    <Form onSend={() => run(bring)}>
      <div class={problem === undefined ? 'field' : 'field bad'}>
        <label for={NAME}>{t('doors.handOver.file')}</label>
        <span class="hint" id={`${NAME}-hint`}>
          {t('doors.handOver.fileHint')}
        </span>
        {problem !== undefined && (
          <p class="error" id={`${NAME}-error`} role="alert">
            {t('common.error')}: {problem}
          </p>
        )}
        <input
          id={NAME}
          type="file"
          accept=".json,application/json"
          aria-describedby={problem === undefined ? `${NAME}-hint` : `${NAME}-hint ${NAME}-error`}
          aria-invalid={problem === undefined ? undefined : true}
          onChange={({ currentTarget }) => setFile(currentTarget.files?.[0])}
        />
      </div>
      <Failure error={error} />
      <p class="buttons">
        <Button type="submit" busy={busy}>
          {t('doors.handOver.bringNow')}
        </Button>
        <Button kind="second" onPress={onClose}>
          {t('common.cancel')}
        </Button>
      </p>
    </Form>
  );
}
