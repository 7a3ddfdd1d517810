import { useDesk, useRead } from '../../desk.ts';
import { Disclosure } from '../../kernel/parts/disclosure.tsx';
import { Heading } from '../../kernel/parts/heading.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { words } from '../../words.ts';
import { Arrivals } from '../arrivals.tsx';
import { Counts } from '../counts.tsx';
import { nameOf, useReader } from '../overview.ts';
import { ListForm } from './list-form.tsx';
import { RemoveList } from './remove-list.tsx';
import { Rules } from './rules.tsx';

/** One list: what it counts, and who may come in there. */
export function OneList({ id }: { readonly id: string }) {
  const { event } = useDesk();
  const overview = useRead(event.id, useReader());
  return (
    <Show of={overview}>
      {(read) => {
        const list = read.lists.find((each) => each.id === id);
        if (list === undefined) return <Heading>{words.checkInList.notFound}</Heading>;
        const name = nameOf(read.programme, list);
        return (
          <>
            <Heading>{name}</Heading>
            <Counts list={list} name={name} />
            <Arrivals id={id} />
            <Rules list={list} programme={read.programme} />
            <div class="buttons">
              <Disclosure label={words.checkInList.change}>
                {(close) => <ListForm read={read} list={list} onStale={overview.reload} onClose={close} />}
              </Disclosure>
              <RemoveList id={id} name={name} revision={read.revision} onStale={overview.reload} />
            </div>
          </>
        );
      }}
    </Show>
  );
}
