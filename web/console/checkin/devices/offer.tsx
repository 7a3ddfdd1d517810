import { useEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { Button } from '../../kernel/parts/button.tsx';
import { Once } from '../../kernel/parts/once.tsx';
import { Qr } from '../../kernel/parts/qr.tsx';
import { t } from '../../words.ts';
import type { Made } from './made.ts';

const SECOND = 1000;

interface OfferProps {
  readonly made: Made;
  /** How many phones took it: seen in the list of phones, which follows by itself. */
  readonly taken: number;
  /** Of the button that ends it. */
  readonly done?: string;
  readonly onDone: () => void;
}

/** A code to be scanned from this screen, and how long it is still good. */
export function Offer({
  made: { name, link, until, phones },
  taken,
  done = t('doors.phones.another'),
  onDone,
}: OfferProps) {
  const left = useLeft(until);
  const top = useRef<HTMLElement>(null);
  useEffect(() => top.current?.focus(), []);
  const isTaken = taken >= phones;
  const isOver = left <= 0 && !isTaken;
  return (
    <section class="card" ref={top} tabIndex={-1}>
      <p role="status">
        {isTaken
          ? t('doors.phones.taken', { name })
          : isOver
            ? t('doors.phones.over')
            : t('doors.phones.scan', { name })}
      </p>
      {phones > 1 && <p>{t('doors.phones.takenBy', { taken, phones })}</p>}
      {!isTaken && !isOver && (
        <>
          <Qr text={link} label={t('doors.phones.qr')} />
          <p class="time">
            {t('doors.phones.goodFor', { minutes: Math.floor(left / 60), seconds: String(left % 60).padStart(2, '0') })}
          </p>
          <Once label={t('doors.phones.link')} value={link} copied={t('doors.phones.copied')} />
        </>
      )}
      <p class="buttons">
        <Button kind={isTaken || isOver ? undefined : 'second'} onPress={onDone}>
          {done}
        </Button>
      </p>
    </section>
  );
}

/** Whole seconds. @param until epoch milliseconds by this machine's clock */
function useLeft(until: number): number {
  const { now: clock } = useDesk();
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), SECOND);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((until - now) / SECOND));
}
