/** What is redriven. */
export interface Target {
  /** The `Outbox` table. */
  readonly table: string;
  /** Address of the queue of dead letters. */
  readonly queue: string;
  /** The function that notes what SES tells. */
  readonly mailEvents: string;
  /** Where AWS's services are, if not at AWS; everything else is in the environment. */
  readonly local?: { readonly dynamodb: string; readonly operator: string };
}
