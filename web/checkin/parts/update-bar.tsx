import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';

/** Says that there is a new version, and waits until staff have a moment for it. */
export function UpdateBar() {
  const { phone, words } = useApp();
  const { updates } = phone;
  const [isWaiting, setWaiting] = useState(updates.isWaiting);
  useEffect(() => updates.subscribe(() => setWaiting(updates.isWaiting())), [updates]);
  if (!isWaiting) return null;
  return (
    <div class="update" role="status">
      <p>{words.update.ready}</p>
      <button type="button" class="second" onClick={updates.take}>
        {words.update.take}
      </button>
    </div>
  );
}
