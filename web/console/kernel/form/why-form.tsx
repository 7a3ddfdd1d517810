import { useState } from 'preact/hooks';
import { LONGEST_WHY_SENT } from '../../../../shared/kernel/why.ts';
import { useAct, useDesk } from '../../desk.ts';
import { t } from '../../words.ts';
import { fieldError, TextInput } from './field.tsx';
import { FieldsForm } from './form.tsx';
import { refuseTyped } from './typed.tsx';

/** Why the records of people under 18 are looked at in this sitting. */
export function WhyForm({ onSaid }: { readonly onSaid: () => Promise<void> }) {
  const { sayWhy } = useDesk();
  const { busy, error, run } = useAct();
  const [why, setWhy] = useState('');
  const say = async (): Promise<void> => {
    if (why.trim() === '' || encodeURIComponent(why).length > LONGEST_WHY_SENT)
      refuseTyped({ why: t('askWhy.needed') });
    sayWhy(why);
    await onSaid();
  };
  return (
    <section>
      <h2>{t('askWhy.title')}</h2>
      <p>{t('askWhy.explain')}</p>
      <FieldsForm
        send={t('askWhy.send')}
        busy={busy}
        error={error}
        labels={{ why: t('askWhy.why') }}
        onSend={() => run(say)}
      >
        <TextInput
          name="why"
          label={t('askWhy.why')}
          hint={t('askWhy.hint')}
          value={why}
          error={fieldError(error, 'why')}
          onChange={setWhy}
        />
      </FieldsForm>
    </section>
  );
}
