import { useState } from 'preact/hooks';
import { Disclosure } from '../../parts/disclosure.tsx';
import { words } from '../../words.ts';
import { LetInForm, type Made } from './let-in-form.tsx';
import { Offer } from './offer.tsx';
import type { Read } from './overview.ts';

interface LetInProps {
  readonly read: Read;
  /** Ids of the phones that are let in already. */
  readonly known: readonly string[];
}

/** The code is shown this once, in place of the form that made it, until a phone took it. */
export function LetIn({ read, known }: LetInProps) {
  const [made, setMade] = useState<Made>();
  if (made !== undefined) {
    return <Offer made={made} isTaken={known.includes(made.deviceId)} onDone={() => setMade(undefined)} />;
  }
  return (
    <Disclosure label={words.phones.letIn}>
      {(close) => <LetInForm read={read} onMade={setMade} onClose={close} />}
    </Disclosure>
  );
}
