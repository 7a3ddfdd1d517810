import { useDesk } from '../../desk.ts';
import { words } from '../../words.ts';
import type { MinorList } from './list.ts';

/** How many adults there have to be, and whether there are. */
export function Floor({ headcount: { minors, chaperones, needed } }: Pick<MinorList, 'headcount'>) {
  const { event } = useDesk();
  const isEnough = chaperones >= needed;
  const say = isEnough ? words.children.enough : words.children.tooFew;
  return (
    <>
      {event.minors && <p>{words.children.rule(event.minors.leastChaperones, event.minors.chaperoneRatio)}</p>}
      <p class={isEnough ? undefined : 'note bad'}>{say(minors, chaperones, needed)}</p>
    </>
  );
}
