/** Keys and positions, from the document's root: `['questions', 3, 'when', 'category', 0]`. */
export type Path = readonly (string | number)[];

export interface DefinitionProblem {
  /** The value to change, or where a missing one belongs. */
  readonly path: Path;
  /** For the organiser, in English. */
  readonly message: string;
}
