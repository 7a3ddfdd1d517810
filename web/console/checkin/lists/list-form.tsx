import { useState } from 'preact/hooks';
import { pageOf } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { newSessionId } from '../../event/programme/session-id.ts';
import { FieldsForm } from '../../kernel/form/fields-form.tsx';
import { useUnlessStale } from '../../kernel/parts/use-unless-stale.ts';
import { navigate } from '../../router.ts';
import { words } from '../../words.ts';
import { type List, nameOf, type Read } from '../overview.ts';
import { ListFields, listLabels } from './list-fields.tsx';
import { bodyOf, typedOf } from './typed-list.ts';

interface ListFormProps {
  readonly read: Read;
  /** None where one is made. */
  readonly list?: List;
  readonly onStale: () => Promise<void>;
  readonly onClose: () => void;
}

/** What was typed stays where someone else was faster. */
export function ListForm({ read, list, onStale, onClose }: ListFormProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'out-of-date',
    onStale,
    words: words.checkInList.changedMeanwhile,
  });
  const [typed, setTyped] = useState(() => typedOf(read, list));
  const save = async (): Promise<void> => {
    const body = bodyOf(read, typed);
    const name = nameOf(read.programme, { id: list?.id ?? '', ...body });
    const taken = read.lists.map(({ id }) => id);
    await api('PUT /api/organiser/events/{eventId}/check-in/lists/{listId}', {
      params: { eventId: event.id, listId: list?.id ?? newSessionId(name, taken) },
      body,
    });
    navigate(pageOf(event.id, 'check-in'));
    tell(list ? words.checkInList.saved(name) : words.checkInList.made(name));
  };
  return (
    <FieldsForm
      send={list ? words.checkInList.save : words.checkInList.makeNow}
      busy={busy}
      error={error}
      labels={listLabels}
      onSend={() => change(save)}
      onCancel={onClose}
    >
      <ListFields programme={read.programme} typed={typed} error={error} onChange={setTyped} />
    </FieldsForm>
  );
}
