import { checkInPage, NEW_LIST, PHONES, TO_SEE } from '../addresses.ts';
import { useDesk } from '../desk.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { useLive } from '../kernel/parts/use-live.ts';
import { words } from '../words.ts';
import { ListTable } from './lists/list-table.tsx';
import { useReader } from './overview.ts';

/** Where people are checked in, and how many came, as it happens. */
export function CheckIn() {
  const { event } = useDesk();
  const live = useLive(event.id, useReader());
  const to = (one: string): string => checkInPage(event.id, one);
  return (
    <>
      <Heading>{words.checkIn.title}</Heading>
      <p>{words.checkIn.explain}</p>
      <p class="buttons">
        <a class="button" href={to(PHONES)}>
          {words.checkIn.phones}
        </a>
        <a class="button second" href={to(NEW_LIST)}>
          {words.checkIn.make}
        </a>
      </p>
      <Show of={live}>
        {(read) => (
          <>
            {live.isOld && <p class="note warn">{words.checkIn.old}</p>}
            {read.conflicts > 0 ? (
              <p class="note warn">
                <a href={to(TO_SEE)}>{words.checkIn.toSee(read.conflicts)}</a>
              </p>
            ) : (
              <p>
                <a class="beside" href={to(TO_SEE)}>
                  {words.checkIn.looked}
                </a>
              </p>
            )}
            {read.handedOver > 0 && (
              <p class="note warn">
                <a href={to(TO_SEE)}>{words.checkIn.handedOver(read.handedOver)}</a>
              </p>
            )}
            <ListTable read={read} />
          </>
        )}
      </Show>
    </>
  );
}
