import { pageOf } from '../../addresses.ts';
import { useAct, useDesk } from '../../desk.ts';
import { Sure } from '../../parts/sure.tsx';
import { navigate } from '../../router.ts';
import { words } from '../../words.ts';

/** Two presses; one that is in use is refused, with why. */
export function RemoveList({ id, name }: { readonly id: string; readonly name: string }) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const remove = async (): Promise<void> => {
    const params = { eventId: event.id, listId: id };
    await api('DELETE /api/organiser/events/{eventId}/check-in/lists/{listId}', { params });
    navigate(pageOf(event.id, 'check-in'));
    tell(words.checkInList.removed(name));
  };
  return (
    <Sure
      label={words.checkInList.remove}
      follows={words.checkInList.removeFollows}
      now={words.checkInList.removeNow}
      kind="danger"
      busy={busy}
      error={error}
      onPress={() => run(remove)}
    />
  );
}
