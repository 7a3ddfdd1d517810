import { useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import type { Made } from '../devices/made.ts';
import { Offer } from '../devices/offer.tsx';
import { doors } from '../lists/doors.ts';
import type { Read } from '../overview.ts';
import { LetInForm } from './let-in-form.tsx';

interface LetInProps {
  readonly read: Read;
  /** The phones that are let in already. */
  readonly known: readonly { readonly id: string; readonly offer?: string | undefined }[];
  /** One waits for a second person now. */
  readonly onProposed: () => void;
}

/** The code is shown this once, in place of the form that made it, until a phone took it. */
export function LetIn({ read, known, onProposed }: LetInProps) {
  const { tell } = useDesk();
  const [made, setMade] = useState<Made>();
  if (made !== undefined) {
    const taken = known.filter(({ id, offer }) => id === made.deviceId || offer === made.deviceId).length;
    return <Offer made={made} taken={taken} onDone={() => setMade(undefined)} />;
  }
  return (
    <Disclosure label={doors.phones.letIn}>
      {(close) => (
        <LetInForm
          read={read}
          onMade={setMade}
          onProposed={(name) => {
            close();
            tell(doors.phones.proposed(name));
            onProposed();
          }}
          onClose={close}
        />
      )}
    </Disclosure>
  );
}
