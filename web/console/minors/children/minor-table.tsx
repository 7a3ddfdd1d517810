import { tieStep } from '../../../../shared/minors/chaperone/chaperone.ts';
import { childPage } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { Reference } from '../../kernel/parts/reference.tsx';
import { when } from '../../names.ts';
import { words } from '../../words.ts';
import { byStep, type MinorList, type MinorRow } from './list.ts';
import { MinorState } from './minor-state.tsx';

/** A table where there is room, a card for each of them on a phone (by CSS). */
export function MinorTable({ list }: { readonly list: MinorList }) {
  const { event } = useDesk();
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{words.children.name}</th>
          <th scope="col">{words.children.state}</th>
          <th scope="col">{words.children.lookedAfter}</th>
          <th scope="col">{words.children.answerBy}</th>
        </tr>
      </thead>
      <tbody>
        {byStep(list.minors).map((minor) => (
          <tr key={minor.reference}>
            <th scope="row">
              <a href={childPage(event.id, minor.reference)}>{minor.name}</a>
              <small>
                <Reference of={minor.reference} />
              </small>
            </th>
            <td>
              <MinorState of={minor} />
            </td>
            <td>{minor.standing && <Standing minor={minor} list={list} />}</td>
            <td class="time" data-label={minor.answerBy && words.children.answerBy}>
              {minor.answerBy && when(event, minor.answerBy)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the door would answer now, and why. */
function Standing({ minor, list }: { readonly minor: MinorRow; readonly list: MinorList }) {
  const { event } = useDesk();
  const step = tieStep(minor, event);
  const adult = list.chaperones.find(({ reference }) => reference === minor.chaperone?.reference);
  const isHeld = minor.standing !== 'ok';
  return (
    <>
      {minor.standing && (
        <span class={`tag ${isHeld ? 'overdue' : 'confirmed'}`}>{words.children.standing[minor.standing]}</span>
      )}
      <small>{words.children.tie[step](adult?.name ?? minor.chaperone?.reference ?? '')}</small>
      {isHeld && step === 'safe' && <small>{words.children.tooFewInAll}</small>}
    </>
  );
}
