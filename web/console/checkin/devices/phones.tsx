import { useState } from 'preact/hooks';
import { PRACTICE_CODE } from '../../../../shared/checkin/practice.ts';
import { useDesk, useRead } from '../../desk.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { Heading } from '../../kernel/parts/heading.tsx';
import { Qr } from '../../kernel/parts/qr.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { useLive } from '../../kernel/parts/use-live.ts';
import { t } from '../../words.ts';
import { type Read, useReader } from '../overview.ts';
import { LetInForm } from '../review/let-in-form.tsx';
import type { Made } from './made.ts';
import { Offer } from './offer.tsx';
import { PhoneTable } from './phone-table.tsx';
import { ProposedPhones } from './proposed-phones.tsx';

interface LetInProps {
  readonly read: Read;
  /** The phones that are let in already. */
  readonly known: readonly { readonly id: string; readonly offer?: string | undefined }[];
  /** One waits for a second person now. */
  readonly onProposed: () => void;
}

/** The code is shown this once, in place of the form that made it, until a phone took it. */
function LetIn({ read, known, onProposed }: LetInProps) {
  const { tell } = useDesk();
  const [made, setMade] = useState<Made>();
  if (made !== undefined) {
    const taken = known.filter(({ id, offer }) => id === made.deviceId || offer === made.deviceId).length;
    return <Offer made={made} taken={taken} onDone={() => setMade(undefined)} />;
  }
  return (
    <Disclosure label={t('doors.phones.letIn')}>
      {(close) => (
        <LetInForm
          read={read}
          onMade={setMade}
          onProposed={(name) => {
            close();
            tell(t('doors.phones.proposed', { name }));
            onProposed();
          }}
          onClose={close}
        />
      )}
    </Disclosure>
  );
}

/** A code with which staff try their phones before doors open. */
const Practice = () => (
  <details>
    <summary>{t('doors.phones.practice')}</summary>
    <p>{t('doors.phones.practiceExplain')}</p>
    <Qr text={PRACTICE_CODE} label={t('doors.phones.practice')} />
  </details>
);

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
      <Heading>{t('doors.phones.title')}</Heading>
      <p>{t('doors.phones.explain')}</p>
      <Show of={overview}>
        {(read) => (
          <Show of={devices}>
            {({ devices: all }) => (
              <>
                {devices.isOld && <p class="note warn">{t('checkIn.old')}</p>}
                <LetIn read={read} known={all} onProposed={() => setProposed(proposed + 1)} />
                <ProposedPhones made={proposed} />
                <Practice />
                {all.length === 0 ? (
                  <p class="empty">{t('doors.phones.none')}</p>
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
