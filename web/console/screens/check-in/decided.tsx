import { useDesk } from '../../desk.ts';
import { when } from '../../names.ts';
import { words } from '../../words.ts';
import type { Inbox } from './answers.ts';

interface DecidedProps {
  readonly decisions: Inbox['decisions'];
  /** Of lists, by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** What was said so far, the last first. */
export function Decided({ decisions, names }: DecidedProps) {
  const { event } = useDesk();
  return (
    <section>
      <h2>{words.toSee.before}</h2>
      <table class="stacked">
        <thead>
          <tr>
            <th scope="col">{words.toSee.decision}</th>
            <th scope="col">{words.checkIn.list}</th>
            <th scope="col">{words.toSee.when}</th>
          </tr>
        </thead>
        <tbody>
          {decisions.map(({ list, ticket, decision, note, at }) => (
            <tr key={`${at} ${list} ${ticket}`}>
              <th scope="row">
                {words.toSee.decisions[decision]}
                {note !== undefined && <small class="told">{note}</small>}
              </th>
              <td data-label={words.checkIn.list}>{names.get(list) ?? list}</td>
              <td data-label={words.toSee.when} class="time">
                {when(event, at)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
