interface FillProps {
  /** Of what. */
  readonly label: string;
  readonly taken: number;
  readonly capacity: number;
}

/** How full something is, as a bar; the numbers are always beside it. */
export const Fill = ({ label, taken, capacity }: FillProps) => (
  <meter class="fill" aria-label={label} min={0} max={Math.max(capacity, taken, 1)} value={taken} />
);
