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
export const lazy = <Props extends object>(
  fetchScreen: () => Promise<ComponentType<Props>>,
  ...parts: readonly WordsPart[]
) =>
  function Lazy(props: Props) {
    const { onSignedOut } = useDesk();
    const fetchAll = () => fetchWords(...parts).then(fetchScreen);
    const script = useLoaded('', fetchAll, onSignedOut);
    return <Show of={script}>{(Screen) => <Screen {...props} />}</Show>;
  };
