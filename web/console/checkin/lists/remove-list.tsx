import { pageOf } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { Sure } from '../../kernel/form/sure.tsx';
import { useUnlessStale } from '../../kernel/parts/use-unless-stale.ts';
import { navigate } from '../../router.ts';
import { words } from '../../words.ts';

interface RemoveListProps {
  readonly id: string;
  readonly name: string;
  /** Of all lists, as they are shown. */
  readonly revision: number;
  readonly onStale: () => Promise<void>;
}

/** Two presses; one that is in use, or that somebody changed meanwhile, is refused, with why. */
export function RemoveList({ id, name, revision, onStale }: RemoveListProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'out-of-date',
    onStale,
    words: words.checkInList.changedMeanwhile,
  });
  const remove = async (): Promise<void> => {
    const params = { eventId: event.id, listId: id };
    await api('DELETE /api/organiser/events/{eventId}/check-in/lists/{listId}', {
      params,
      query: { revision: String(revision) },
    });
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
      onPress={() => change(remove)}
    />
  );
}
