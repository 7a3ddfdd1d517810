import { useAct } from '../../desk.ts';
import { Button } from '../../kernel/parts/button.tsx';
import { t } from '../../words.ts';

/** Prints them once their fonts are there: a name whose font still comes would be left out, or set in another that spoils it. */
export function PrintBadges() {
  const { busy, run } = useAct();
  const printed = async (): Promise<void> => {
    await document.fonts.ready;
    print();
  };
  return (
    <Button busy={busy} onPress={() => run(printed)}>
      {t('badges.print')}
    </Button>
  );
}
