import type { FunctionName } from '../../shared/env.ts';
import { buildBareCalls } from './bare-calls.ts';
import { startLoneFunction, type Work } from './lone-function.ts';

export interface Compared {
  /** Milliseconds of the processor for one piece of work. */
  readonly milliseconds: number;
  /** How many bare reads and transactions take as long. */
  readonly ratio: number;
}

interface Comparison {
  readonly name: FunctionName;
  /** Pieces of work in one round. */
  readonly pieces: number;
  /** Events that ask for that many pieces. */
  readonly events: (pieces: number) => Promise<readonly unknown[]>;
  readonly atOnce: number;
  /** @throws Error where not all of it was done */
  readonly check: (results: Work['results']) => void;
  /** The table that the bare calls write to. */
  readonly table: string;
}

/** Rounds before counting, in which code is compiled, and rounds that count. */
const WARM_UP = 3;
const ROUNDS = 7;
const BARE_AT_ONCE = 16;

/**
 * The processor time that a function takes for each piece of work, and for how many bare calls to the database that would
 * do. Both take turns; of each the round counts that took least, since whatever else the machine does only adds to it.
 */
export async function compareProcessorTime(comparison: Comparison): Promise<Compared> {
  const { name, pieces, table } = comparison;
  const ours = await startLoneFunction(`dist/functions/${name}/index.mjs`);
  const bare = await startLoneFunction(await buildBareCalls());
  const [ofOurs, ofBare]: [number[], number[]] = [[], []];
  let number = 0;
  const bareEvent = () => {
    number += 1;
    return { TableName: table, number };
  };
  try {
    for (let round = 1; round <= WARM_UP + ROUNDS; round += 1) {
      const unit = await bare.run(Array.from({ length: pieces }, bareEvent), BARE_AT_ONCE);
      const { milliseconds, results } = await ours.run(await comparison.events(pieces), comparison.atOnce);
      comparison.check(results);
      if (round > WARM_UP) {
        ofOurs.push(milliseconds);
        ofBare.push(unit.milliseconds);
      }
    }
  } finally {
    await bare.stop();
    await ours.stop();
  }
  const least = Math.min(...ofOurs);
  return { milliseconds: least / pieces, ratio: least / Math.min(...ofBare) };
}
