export type Path = readonly (string | number)[];

export interface DefinitionProblem {
  /** The value to change, or where a missing one belongs. */
  readonly path: Path;
  /** For the organiser, in English. */
  readonly message: string;
}
