import { useState } from 'preact/hooks';
import { useDesk, useRead } from '../../desk.ts';
import { Heading } from '../../kernel/parts/heading.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { useLive } from '../../kernel/parts/use-live.ts';
import { words } from '../../words.ts';
import { doors } from '../lists/doors.ts';
import { useReader } from '../overview.ts';
import { LetIn } from '../review/let-in.tsx';
import { PhoneTable } from './phone-table.tsx';
import { Practice } from './practice.tsx';
import { ProposedPhones } from './proposed-phones.tsx';

/** The phones that scan, and a code to let another one in. */
export function Phones() {
  const { api, event } = useDesk();
  const [proposed, setProposed] = useState(0);
  const overview = useRead(event.id, useReader());
  const devices = useLive(event.id, () =>
    api('GET /api/organiser/events/{eventId}/check-in/devices', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{doors.phones.title}</Heading>
      <p>{doors.phones.explain}</p>
      <Show of={overview}>
        {(read) => (
          <Show of={devices}>
            {({ devices: all }) => (
              <>
                {devices.isOld && <p class="note warn">{words.checkIn.old}</p>}
                <LetIn read={read} known={all} onProposed={() => setProposed(proposed + 1)} />
                <ProposedPhones made={proposed} />
                <Practice />
                {all.length === 0 ? (
                  <p class="empty">{doors.phones.none}</p>
                ) : (
                  <PhoneTable devices={all} read={read} onChanged={devices.show} />
                )}
              </>
            )}
          </Show>
        )}
      </Show>
    </>
  );
}
