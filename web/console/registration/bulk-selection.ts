/** Someone who was chosen, and in which state they were looked at. */
export interface SelectedPerson {
  readonly reference: string;
  readonly revision: number;
}

/** Who was chosen, from the list to where something is done with all of them: in this tab's memory alone, and in no storage or address. */
let selected: readonly SelectedPerson[] = [];

export const selectForBulk = (people: readonly SelectedPerson[]): void => {
  selected = people.map(({ reference, revision }) => ({ reference, revision }));
};

export const selectedForBulk = (): readonly SelectedPerson[] => selected;
