import { checkInPage } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { Fill } from '../../kernel/parts/fill.tsx';
import { words } from '../../words.ts';
import { type List, nameOf, type Read } from '../overview.ts';
import { isOpen, openTimes } from './times.ts';

/** Lists that are open now come first. */
export function ListTable({ read }: { readonly read: Read }) {
  const now = useDesk().now();
  const order = [...read.lists].sort((a, b) => Number(isOpen(b, now)) - Number(isOpen(a, now)));
  return (
    <table class="stacked seats">
      <thead>
        <tr>
          <th scope="col">{words.checkIn.list}</th>
          <th scope="col">{words.checkIn.open}</th>
          <th scope="col">{words.checkIn.came}</th>
          <th scope="col">{words.checkIn.inside}</th>
        </tr>
      </thead>
      <tbody>
        {order.map((list) => (
          <Row key={list.id} list={list} name={nameOf(read.programme, list)} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ list, name }: { readonly list: List; readonly name: string }) {
  const { event, now } = useDesk();
  const { counts, expected, opens, passing } = list;
  return (
    <tr>
      <th scope="row">
        <a href={checkInPage(event.id, list.id)}>{name}</a>
      </th>
      <td data-label={words.checkIn.open}>
        <div>
          {opens === undefined ? words.checkIn.gone : openTimes(event, list)}{' '}
          {isOpen(list, now()) && <span class="tag confirmed">{words.checkIn.openNow}</span>}
        </div>
      </td>
      <td data-label={words.checkIn.came}>
        <div class="amount">
          {words.checkIn.of(counts.came, expected)}
          <Fill label={name} taken={counts.came} capacity={expected} />
        </div>
      </td>
      {/* Where nobody is scanned on their way out, nobody knows who is inside. */}
      <td data-label={words.checkIn.inside}>{passing === 'in-and-out' ? counts.inside : '–'}</td>
    </tr>
  );
}
