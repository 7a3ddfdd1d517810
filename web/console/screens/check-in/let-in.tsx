import { useState } from 'preact/hooks';
import { Disclosure } from '../../parts/disclosure.tsx';
import { words } from '../../words.ts';
import { LetInForm, type Made } from './let-in-form.tsx';
import { Offer } from './offer.tsx';
import type { Read } from './overview.ts';

interface LetInProps {
  readonly read: Read;
  /** The phones that are let in already. */
  readonly known: readonly { readonly id: string; readonly offer?: string | undefined }[];
}

/** The code is shown this once, in place of the form that made it, until a phone took it. */
export function LetIn({ read, known }: LetInProps) {
  const [made, setMade] = useState<Made>();
  if (made !== undefined) {
    const taken = known.filter(({ id, offer }) => id === made.deviceId || offer === made.deviceId).length;
    return <Offer made={made} taken={taken} onDone={() => setMade(undefined)} />;
  }
  return (
    <Disclosure label={words.phones.letIn}>
      {(close) => <LetInForm read={read} onMade={setMade} onClose={close} />}
    </Disclosure>
  );
}
