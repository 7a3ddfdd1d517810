export type Budget = { readonly atMost: number } | { readonly atLeast: number } | { readonly exactly: number };

/** One number of a benchmark, beside what was agreed for it. */
export interface Measure {
  readonly what: string;
  readonly value: number;
  /** `x` for a ratio to something measured in the same run. */
  readonly unit: string;
  /** Absent where a number is only shown to judge the others by. */
  readonly budget?: Budget;
}

export function isKept({ value, budget }: Measure): boolean {
  if (budget === undefined) return true;
  if ('exactly' in budget) return value === budget.exactly;
  return 'atMost' in budget ? value <= budget.atMost : value >= budget.atLeast;
}
