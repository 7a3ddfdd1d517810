import { useAct, useDesk } from '../../desk.ts';
import { Button } from './button.tsx';

interface ReadAgainProps {
  readonly label: string;
  readonly reload: () => Promise<void>;
  /** What is said once it was read. */
  readonly told: string;
}

/** Reads anew what a screen shows, for whoever leaves it open. */
export function ReadAgain({ label, reload, told }: ReadAgainProps) {
  const { tell } = useDesk();
  const { busy, run } = useAct();
  const read = async (): Promise<void> => {
    await reload();
    tell(told);
  };
  return (
    <Button kind="second" busy={busy} onPress={() => run(read)}>
      {label}
    </Button>
  );
}
