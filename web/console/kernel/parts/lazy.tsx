import type { ComponentType } from 'preact';
import { useDesk } from '../../desk.ts';
import { Show } from './show.tsx';
import { useLoaded } from './use-loaded.ts';

/** A screen whose script is fetched when it is opened: most people open few of them. */
export const lazy = <Props extends object>(fetchScreen: () => Promise<ComponentType<Props>>) =>
  function Lazy(props: Props) {
    const { onSignedOut } = useDesk();
    const script = useLoaded('', fetchScreen, onSignedOut);
    return <Show of={script}>{(Screen) => <Screen {...props} />}</Show>;
  };
