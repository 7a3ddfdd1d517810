import { useEffect, useState } from 'preact/hooks';
import { isId } from '../../../shared/kernel/event-id.ts';
import { navigate, pageAddress } from '../addresses.ts';
import { TextInput } from '../kernel/form/field.tsx';
import { Form } from '../kernel/form/form.tsx';
import { Button } from '../kernel/parts/buttons.tsx';
import { Plain } from '../kernel/parts/page.tsx';
import { t } from '../words.ts';

/** There is no list of events to give away: a member knows the address of theirs. */
export function ChooseEvent({ eventId }: { readonly eventId: string | null }) {
  const named = eventId !== null && isId(eventId);
  const [typed, setTyped] = useState(eventId ?? '');
  const [error, setError] = useState(eventId !== null && !named ? t('choose.wrong') : undefined);
  useEffect(() => {
    if (named) navigate(pageAddress(eventId, ''), { replace: true });
  }, [eventId]);
  if (named) return null;
  const open = (): void => {
    const id = typed.trim();
    if (isId(id)) navigate(pageAddress(id, ''));
    else setError(t('choose.wrong'));
  };
  return (
    <Plain title={t('choose.title')}>
      <Form onSend={open}>
        <TextInput
          name="event"
          label={t('choose.label')}
          hint={t('choose.hint')}
          value={typed}
          error={error}
          onChange={setTyped}
        />
        <Button type="submit">{t('choose.button')}</Button>
      </Form>
    </Plain>
  );
}
