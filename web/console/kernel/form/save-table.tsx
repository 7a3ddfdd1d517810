import { useAct, useDesk } from '../../desk.ts';
import { Button } from '../parts/buttons.tsx';
import { FailureNote } from '../parts/page.tsx';

interface SaveTableProps {
  /** Of the button. */
  readonly label: string;
  /** Of the file. */
  readonly name: string;
  readonly load: () => Promise<Blob>;
  /** What is said once it is on its way. */
  readonly saved: string;
}

/** Saves a table as a file. */
export function SaveTable({ label, name, load, saved }: SaveTableProps) {
  const { tell } = useDesk();
  const { busy, error, run } = useAct();
  const save = async (): Promise<void> => {
    saveFile(name, await load());
    tell(saved);
  };
  return (
    <div>
      <Button kind="second" busy={busy} onPress={() => run(save)}>
        {label}
      </Button>
      <FailureNote error={error} />
    </div>
  );
}

/** Hands something to the browser as a file. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
