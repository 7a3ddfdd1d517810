import { useDesk } from '../../desk.ts';
import { words } from '../../words.ts';
import { PrintBadges } from './print-badges.tsx';

/** So many are cut out of eight sheets. */
const NUMBERS = 32;

/** Badges with numbers in place of names: nothing is looked up for them, and nothing of them is stored. */
export function Temporary() {
  const { event } = useDesk();
  return (
    <>
      <div class="above screen">
        <p>{words.badges.temporaryHint}</p>
        <PrintBadges />
      </div>
      <ul class="badges a4">
        {Array.from({ length: NUMBERS }, (_, index) => `T-${String(index + 1).padStart(3, '0')}`).map((number) => (
          <li key={number} class="badge plain">
            <p class="band">{words.badges.temporary}</p>
            <div class="who">
              <p class="name number">{number}</p>
            </div>
            <div class="foot">
              <p class="event">{event.title}</p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
