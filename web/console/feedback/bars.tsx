interface BarsProps {
  /** What they are, for those who do not see them. */
  readonly label: string;
  readonly bars: readonly { readonly choice: string; readonly name: string; readonly count: number }[];
}

/** Bars, each with its name and its number; the longest is as long as there is room. The table beside them says the same. */
export function Bars({ label, bars }: BarsProps) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <div class="bars" role="img" aria-label={label}>
      {bars.map(({ choice, name, count }) => (
        <div key={choice}>
          <span>{name}</span>
          <i>
            <b style={{ inlineSize: `${(100 * count) / most}%` }} />
          </i>
          <span class="end">{count}</span>
        </div>
      ))}
    </div>
  );
}
