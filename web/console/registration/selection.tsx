import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { messageAddress, NEW_MESSAGE, pageAddress } from '../addresses.ts';
import { useDesk, useHas, usePeople } from '../desk.ts';
import { Button } from '../kernel/parts/buttons.tsx';
import { t } from '../words.ts';
import { ExportPeople } from './export-people.tsx';
import type { PeopleField } from './filter.ts';
import type { Chosen, KnownPerson } from './people.ts';

/** Who is chosen in the list. It lasts as long as the people are in memory, also while a person's page is open. */
export interface Selection {
  /** With the revision that was looked at when they were chosen; who was erased meanwhile is not among them. */
  readonly chosen: readonly Chosen[];
  readonly isChosen: (person: Pick<KnownPerson, 'reference'>) => boolean;
  readonly choose: (people: readonly Chosen[], isOn: boolean) => void;
  readonly clear: () => void;
}

export function useSelection(): Selection {
  const { people } = useDesk();
  const { chosen } = usePeople();
  return {
    chosen: [...chosen.values()],
    isChosen: ({ reference }) => chosen.has(reference),
    choose: people.choose,
    clear: people.clearChoice,
  };
}

/** What can be done with all who are chosen; it shows nothing where the member may not do it. */
export type SelectionAction = (props: { readonly selection: Selection }) => JSX.Element | null;

/** Leads to where all of them are approved, declined, cancelled, tagged or added to a session together. */
const ChangeTogether: SelectionAction = ({ selection: { chosen } }) => {
  const { event } = useDesk();
  return useHas('decide', 'cancel-people', 'change-people') ? (
    <p>
      <a href={pageAddress(event.id, 'bulk')}>{t('bulk.start', { count: chosen.length })}</a>
    </p>
  ) : null;
};

/** Leads to the badges of all of them. */
const PrintTogether: SelectionAction = ({ selection: { chosen } }) => {
  const { event } = useDesk();
  return useHas('run-check-in') ? (
    <p>
      <a href={pageAddress(event.id, 'badges', { of: 'chosen' })}>{t('bulk.badges', { count: chosen.length })}</a>
    </p>
  ) : null;
};

/** Leads to a message to all of them. */
const WriteTogether: SelectionAction = ({ selection: { chosen } }) => {
  const { event } = useDesk();
  return useHas('write-to-many') ? (
    <p>
      <a href={messageAddress(event.id, NEW_MESSAGE, { of: 'chosen' })}>{t('bulk.write', { count: chosen.length })}</a>
    </p>
  ) : null;
};

const ACTIONS: readonly SelectionAction[] = [ChangeTogether, PrintTogether, WriteTogether];

interface ChosenBarProps {
  /** Whom the list shows, on all its pages. */
  readonly found: readonly KnownPerson[];
  /** All fields, and those that are columns. */
  readonly fields: readonly PeopleField[];
  readonly shown: readonly PeopleField[];
}

/** How many are chosen, and what can be done with them. */
export function ChosenBar({ found, fields, shown }: ChosenBarProps) {
  const { all, chosen: known } = usePeople();
  const selection = useSelection();
  const { chosen, choose, clear } = selection;
  const count = useRef<HTMLParagraphElement>(null);
  // A button that goes takes no focus with it; where nobody is found, all this goes.
  const go = (press: () => void) => (): void => {
    press();
    (found.length > 0 ? count.current : document.querySelector<HTMLElement>('h1'))?.focus();
  };
  // Nobody is looked for among tens of thousands by each press where nobody is chosen, or the choice is as it was.
  const [seen, exported] = useMemo(() => {
    const chosenOf = (people: readonly KnownPerson[]) => people.filter(({ reference }) => known.has(reference));
    return known.size === 0 ? [0, found] : [chosenOf(found).length, chosenOf(all)];
  }, [found, all, known]);
  return (
    <section class="chosen screen" aria-label={t('registrations.chosen')}>
      <p ref={count} tabIndex={-1}>
        <b>{t('registrations.chosenCount', { count: chosen.length })}</b>{' '}
        {seen < chosen.length && t('registrations.chosenUnseen', { count: chosen.length - seen })}
      </p>
      <div class="buttons">
        {seen < found.length && (
          <Button kind="second" onPress={go(() => choose(found, true))}>
            {t('registrations.chooseAll', { count: found.length })}
          </Button>
        )}
        {chosen.length > 0 && (
          <Button kind="second" onPress={go(clear)}>
            {t('registrations.chooseNone')}
          </Button>
        )}
        <ExportPeople people={exported} fields={fields} shown={shown} />
      </div>
      {chosen.length > 0 && ACTIONS.map((Action, place) => <Action key={place} selection={selection} />)}
    </section>
  );
}
