import { useDesk } from '../../desk.ts';
import { t } from '../../words.ts';
import { Button } from './buttons.tsx';

interface OneTimeSecretProps {
  readonly label: string;
  readonly value: string;
  /** What is said after it was copied. */
  readonly copied: string;
}

/** A secret that is shown this one time, to be copied or read out. */
export function OneTimeSecret({ label, value, copied }: OneTimeSecretProps) {
  const { tell } = useDesk();
  const copy = (): void => {
    navigator.clipboard.writeText(value).then(
      () => tell(copied),
      () => tell(t('common.copyByHand')),
    );
  };
  return (
    <div class="once">
      <p>
        {label}
        <br />
        <span class="code">{value}</span>
      </p>
      <Button kind="second" onPress={copy}>
        {t('common.copy')}
      </Button>
    </div>
  );
}
