import { t } from '../../words.ts';
import { Button } from '../parts/button.tsx';
import { Disclosure } from '../parts/disclosure.tsx';
import { FailureNote } from '../parts/page.tsx';

interface ConfirmationProps {
  /** Of the button that opens it. */
  readonly label: string;
  /** What the press leads to. */
  readonly follows: string;
  /** Of the button that does it. */
  readonly now: string;
  /** Absent for what takes nothing from anyone. */
  readonly kind?: 'danger' | undefined;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onPress: () => void;
}

/** Two presses, for what is not easily taken back: the first says what follows, the second does it. */
export const Confirmation = ({ label, follows, now, kind, busy, error, onPress }: ConfirmationProps) => (
  <Disclosure label={label}>
    {(close) => (
      <>
        <p>{follows}</p>
        <FailureNote error={error} />
        <p class="buttons">
          <Button kind={kind} busy={busy} onPress={onPress}>
            {now}
          </Button>
          <Button kind="second" onPress={close}>
            {t('common.cancel')}
          </Button>
        </p>
      </>
    )}
  </Disclosure>
);
