import { useEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { Button } from '../../parts/button.tsx';
import { Once } from '../../parts/once.tsx';
import { Qr } from '../../parts/qr.tsx';
import { words } from '../../words.ts';
import type { Made } from './let-in-form.tsx';

const SECOND = 1000;

interface OfferProps {
  readonly made: Made;
  /** How many phones took it: seen in the list of phones, which follows by itself. */
  readonly taken: number;
  readonly onDone: () => void;
}

/** A code to be scanned from this screen, and how long it is still good. */
export function Offer({ made: { name, link, until, phones }, taken, onDone }: OfferProps) {
  const left = useLeft(until);
  const top = useRef<HTMLElement>(null);
  useEffect(() => top.current?.focus(), []);
  const isTaken = taken >= phones;
  const isOver = left <= 0 && !isTaken;
  return (
    <section class="card" ref={top} tabIndex={-1}>
      <p role="status">{isTaken ? words.phones.taken(name) : isOver ? words.phones.over : words.phones.scan(name)}</p>
      {phones > 1 && <p>{words.phones.takenBy(taken, phones)}</p>}
      {!isTaken && !isOver && (
        <>
          <Qr text={link} label={words.phones.qr} />
          <p class="time">{words.phones.goodFor(Math.floor(left / 60), left % 60)}</p>
          <Once label={words.phones.link} value={link} copied={words.phones.copied} />
        </>
      )}
      <p class="buttons">
        <Button kind={isTaken || isOver ? undefined : 'second'} onPress={onDone}>
          {words.phones.another}
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
