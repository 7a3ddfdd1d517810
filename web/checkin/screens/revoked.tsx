import { useApp } from '../app-context.ts';
import { Plain } from '../parts/plain.tsx';
import { SaveScans } from '../parts/save-scans.tsx';
import { SignOut } from '../parts/sign-out.tsx';
import { Talk } from '../parts/talk.tsx';

/** An organiser took the phone's access back: what it scanned still leaves it. */
export function Revoked() {
  const { words } = useApp();
  return (
    <Plain title={words.revoked.title}>
      <p>{words.revoked.text}</p>
      <Talk />
      <SaveScans />
      <SignOut />
    </Plain>
  );
}
