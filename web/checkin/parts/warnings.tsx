import { useApp } from '../app-context.ts';

/** What staff have to know of this phone before they rely on it. */
export function Warnings() {
  const { snapshot, words } = useApp();
  const { freshness, storage } = snapshot;
  return (
    <>
      {storage === 'full' && (
        <p class="warning bad" role="alert">
          {words.storage.full}
        </p>
      )}
      {freshness !== 'fresh' && (
        <p class={`warning ${freshness === 'stale' ? '' : 'bad'}`} role="status">
          {words.freshness[freshness]}
        </p>
      )}
    </>
  );
}
