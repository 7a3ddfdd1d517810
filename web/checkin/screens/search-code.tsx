import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { Plain } from '../parts/plain.tsx';
import { hasScreenLock, makePasskey } from '../passkey.ts';

type Passkey = 'none' | 'offered' | 'busy' | 'made' | 'failed';

/** What opens a desk's search, shown once before anything else: scanning needs none of it (AU10). */
export function SearchCode({ digits }: { readonly digits: string }) {
  const { engine, snapshot, words } = useApp();
  const [passkey, setPasskey] = useState<Passkey>('none');
  useEffect(() => {
    void hasScreenLock().then((has) => has && setPasskey('offered'));
  }, []);
  const make = async (): Promise<void> => {
    setPasskey('busy');
    try {
      await engine.addPasskey(await makePasskey(snapshot.device?.name ?? ''));
      setPasskey('made');
    } catch {
      setPasskey('failed');
    }
  };
  return (
    <Plain title={words.searchCode.title}>
      <p class="digits">{`${digits.slice(0, 3)} ${digits.slice(3)}`}</p>
      <p>{words.searchCode.text}</p>
      <p>{words.searchCode.wrong}</p>
      <p role="status">
        {passkey === 'made' && words.searchCode.made}
        {passkey === 'failed' && words.searchCode.failed}
      </p>
      <div class="ways">
        <button type="button" onClick={() => void engine.noteSearchCode().catch(() => undefined)}>
          {words.searchCode.noted}
        </button>
        {passkey !== 'none' && passkey !== 'made' && (
          <button
            type="button"
            class="second"
            aria-disabled={passkey === 'busy' || undefined}
            onClick={() => passkey !== 'busy' && void make()}
          >
            {words.searchCode.make}
          </button>
        )}
      </div>
    </Plain>
  );
}
