import { pageOf } from '../../addresses.ts';
import { useDesk, useRead } from '../../desk.ts';
import { Heading } from '../../kernel/parts/heading.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { navigate } from '../../router.ts';
import { t } from '../../words.ts';
import { useReader } from '../overview.ts';
import { ListForm } from './list-form.tsx';

export function NewList() {
  const { event } = useDesk();
  const overview = useRead(event.id, useReader());
  return (
    <>
      <Heading>{t('checkInList.newTitle')}</Heading>
      <Show of={overview}>
        {(read) => (
          <ListForm read={read} onStale={overview.reload} onClose={() => navigate(pageOf(event.id, 'check-in'))} />
        )}
      </Show>
    </>
  );
}
