import { useApp } from '../app-context.ts';
import { Plain } from '../parts/plain.tsx';

export function NoStorage() {
  const { words } = useApp();
  return (
    <Plain title={words.noStorage.title}>
      <p>{words.noStorage.text}</p>
    </Plain>
  );
}
