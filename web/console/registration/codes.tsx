import { useDesk, useRead } from '../desk.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { t } from '../words.ts';
import { CodeTable } from './codes/code-table.tsx';
import { MakeCode } from './codes/make-code.tsx';

/** Codes with which people register without waiting for a decision. */
export function Codes() {
  const { api, event } = useDesk();
  const codes = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/invitations', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{t('codes.title')}</Heading>
      <p>{t('codes.explain')}</p>
      <MakeCode onMade={codes.reload} />
      <Show of={codes}>
        {({ invitations }) =>
          invitations.length === 0 ? (
            <p class="empty">{t('codes.none')}</p>
          ) : (
            <CodeTable codes={invitations} onChanged={codes.show} />
          )
        }
      </Show>
    </>
  );
}
