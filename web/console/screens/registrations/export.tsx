import { useEffect } from 'preact/hooks';
import { useAct, useDesk } from '../../desk.ts';
import { Button } from '../../parts/button.tsx';
import { Failure } from '../../parts/failure.tsx';
import { saveFile } from '../../save-file.ts';
import { words } from '../../words.ts';
import { type Filter, queryOf } from './filter.ts';

/** A table of exactly those who are found, on all pages. */
export function Export({ filter }: { readonly filter: Filter }) {
  const { api, event, tell } = useDesk();
  const { busy, error, run, clear } = useAct();
  useEffect(clear, [JSON.stringify(filter)]);
  const save = async (): Promise<void> => {
    const table = await api('GET /api/organiser/events/{eventId}/registrations.csv', {
      params: { eventId: event.id },
      query: queryOf(filter),
    });
    saveFile(`${event.id}.csv`, table);
    tell(words.registrations.exported);
  };
  return (
    <div>
      <Button kind="second" busy={busy} onPress={() => run(save)}>
        {words.registrations.export}
      </Button>
      <Failure error={error} />
    </div>
  );
}
