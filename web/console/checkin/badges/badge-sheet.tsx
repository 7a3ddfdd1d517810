import { useEffect, useRef } from 'preact/hooks';
import { Badge, type BadgeData } from './badge.tsx';
import { fitBadges } from './fit.ts';
import type { Paper } from './wanted.ts';

interface BadgeSheetProps {
  readonly badges: readonly BadgeData[];
  readonly paper: Paper;
}

/** Badges as they come out of the printer. */
export function BadgeSheet({ badges, paper }: BadgeSheetProps) {
  const sheet = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const setSizes = (): void => {
      if (sheet.current !== null) fitBadges(sheet.current);
    };
    setSizes();
    // To lay them out is what makes the browser fetch fonts, in which they are of another width.
    document.fonts.addEventListener('loadingdone', setSizes);
    return () => document.fonts.removeEventListener('loadingdone', setSizes);
  }, [badges, paper]);
  return (
    <ul class={`badges ${paper}`} ref={sheet}>
      {badges.map((badge) => (
        <Badge key={badge.reference} of={badge} />
      ))}
    </ul>
  );
}
