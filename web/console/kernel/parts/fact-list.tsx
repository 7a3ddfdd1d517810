import type { ComponentChildren } from 'preact';

export type Fact = readonly [label: string, value: ComponentChildren];

interface FactListProps {
  /** Where it does not stand under one already. */
  readonly title?: string;
  readonly facts: readonly Fact[];
}

/** What is known of something, but for what nobody wrote anything in. */
export const FactList = ({ title, facts }: FactListProps) => (
  <section>
    {title && <h2>{title}</h2>}
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== undefined && value !== false && value !== '')
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  </section>
);
