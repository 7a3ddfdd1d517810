import { useApp } from '../app-context.ts';
import { Plain } from '../parts/plain.tsx';
import { SaveScans } from '../parts/save-scans.tsx';
import { SignOut } from '../parts/sign-out.tsx';
import { Talk } from '../parts/talk.tsx';
import { dateAndTime } from '../times.ts';

/** The shift is over: what was scanned still leaves the phone. */
export function Over() {
  const { snapshot, words } = useApp();
  const { device, setup, queue } = snapshot;
  const isDone = queue.waiting + queue.refused === 0;
  return (
    <Plain title={words.over.title}>
      {device && <p>{words.over.ended(dateAndTime(device.endsAt, setup?.event.timeZone ?? 'UTC', words))}</p>}
      <p>{isDone ? words.over.done : words.over.text}</p>
      <Talk />
      {!isDone && <SaveScans />}
      <SignOut />
    </Plain>
  );
}
