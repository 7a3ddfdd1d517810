import { useApp } from '../app-context.ts';
import { Plain } from '../parts/plain.tsx';
import { SaveScans } from '../parts/save-scans.tsx';
import { SignOut } from '../parts/sign-out.tsx';

/** An organiser took the phone's access back. */
export function Revoked() {
  const { words } = useApp();
  return (
    <Plain title={words.revoked.title}>
      <p>{words.revoked.text}</p>
      <SaveScans />
      <SignOut />
    </Plain>
  );
}
