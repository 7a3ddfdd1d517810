import type { ComponentType } from 'preact';
import { useDesk } from '../../desk.ts';
import { fetchWords, type WordsPart } from '../../words.ts';
import { useLoaded } from './request.ts';
import { Show } from './show.tsx';

/**
 * A screen whose script is fetched when it is opened: most people open few of them.
 *
 * @param parts the words that are fetched before it, where it says what few others do
 */
export function lazy<Props extends object>(
  fetchScreen: () => Promise<ComponentType<Props>>,
  ...parts: readonly WordsPart[]
) {
  // Once it is there, it is shown at once.
  let known: ComponentType<Props> | undefined;
  const fetch = async (): Promise<ComponentType<Props>> => {
    await fetchWords(...parts);
    known = await fetchScreen();
    return known;
  };
  function Lazy(props: Props) {
    const script = useLoaded('', fetch, useDesk().onSignedOut, known);
    return <Show of={script}>{(Screen) => <Screen {...props} />}</Show>;
  }
  /** Fetches it before it is opened. */
  return Object.assign(Lazy, { fetch });
}
