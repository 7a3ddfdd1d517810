import { useState } from 'preact/hooks';
import { useAct, useDesk } from '../../desk.ts';
import { LongTextField, TextField } from '../../kernel/form/field.tsx';
import { fieldError } from '../../kernel/form/field-errors.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { requireTyped } from '../../kernel/form/require-typed.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { useAction } from '../../kernel/parts/use-action.ts';
import { t } from '../../words.ts';
import type { Minor } from './one.ts';

interface CodeProps {
  readonly child: Minor;
  readonly onTried: (triesLeft: number) => void;
}

/** What whoever fetches a young person says is compared, until too many were wrong: then somebody calls the guardian. */
export const HandoverCode = ({ triesLeft, ...props }: CodeProps & { readonly triesLeft: number }) =>
  triesLeft === 0 ? <Locked {...props} /> : <Check {...props} triesLeft={triesLeft} />;

function Check({ child, triesLeft, onTried }: CodeProps & { readonly triesLeft: number }) {
  const { api, event } = useDesk();
  const [code, setCode] = useState('');
  const [isRight, setIsRight] = useState<boolean>();
  const { busy, error, run } = useAction(undefined, () => setIsRight(undefined));
  const check = () =>
    run(async () => {
      requireTyped({ code });
      const answer = await api('POST /api/organiser/events/{eventId}/minors/{reference}/handover', {
        params: { eventId: event.id, reference: child.reference },
        body: { code },
      });
      setIsRight(answer.isRight);
      setCode('');
      onTried(answer.triesLeft);
    });
  return (
    <>
      <FieldsForm
        send={t('minors.handover.check')}
        busy={busy}
        error={error}
        labels={{ code: t('minors.handover.code') }}
        onSend={check}
      >
        <TextField
          name="code"
          label={t('minors.handover.code')}
          hint={t('minors.handover.codeHint')}
          value={code}
          error={fieldError(error, 'code')}
          onChange={setCode}
        />
      </FieldsForm>
      {isRight !== undefined && (
        <p class="note" role="status">
          <b>{isRight ? t('minors.handover.right') : t('minors.handover.wrong', { left: triesLeft })}</b>
        </p>
      )}
    </>
  );
}

function Locked({ child, onTried }: CodeProps) {
  const { api, event, tell } = useDesk();
  const [why, setWhy] = useState('');
  const { busy, error, run } = useAct();
  const reopen = () =>
    run(async () => {
      requireTyped({ why });
      const answer = await api('POST /api/organiser/events/{eventId}/minors/{reference}/handover/opening', {
        params: { eventId: event.id, reference: child.reference },
        body: { why },
      });
      tell(t('minors.handover.reopened'));
      onTried(answer.triesLeft);
    });
  return (
    <>
      <p class="note" role="status">
        <b>{t('minors.handover.locked')}</b>
      </p>
      <Disclosure label={t('minors.handover.reopen')}>
        {(close) => (
          <FieldsForm
            send={t('minors.handover.reopenNow')}
            busy={busy}
            error={error}
            labels={{ why: t('minors.handover.why') }}
            onSend={reopen}
            onCancel={close}
          >
            <LongTextField
              name="why"
              label={t('minors.handover.why')}
              hint={t('minors.handover.whyHint')}
              rows={2}
              value={why}
              error={fieldError(error, 'why')}
              onChange={setWhy}
            />
          </FieldsForm>
        )}
      </Disclosure>
    </>
  );
}
