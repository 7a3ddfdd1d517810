import type { ComponentChildren } from 'preact';
import { displayReference } from '../../../../shared/kernel/text/reference.ts';

export type LabelledFact = readonly [label: string, value: ComponentChildren];

interface FactListProps {
  /** Where it does not stand under one already. */
  readonly title?: string;
  readonly facts: readonly LabelledFact[];
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

/** An address to write to, which breaks where a reader would pause, and not before its last letter. */
export const MailLink = ({ to }: { readonly to: string }) => (
  <a href={`mailto:${to}`}>{to.split(/(?=[@.])/).flatMap((part, at) => [at > 0 && <wbr key={at} />, part])}</a>
);

interface FillBarProps {
  /** Of what. */
  readonly label: string;
  readonly taken: number;
  readonly capacity: number;
}

/** How full something is, as a bar; the numbers are always beside it. */
export const FillBar = ({ label, taken, capacity }: FillBarProps) => (
  <meter class="fill" aria-label={label} min={0} max={Math.max(capacity, taken, 1)} value={taken} />
);

/** In groups, as on mails and pages: so it is read out on the phone. */
export const Reference = ({ of }: { readonly of: string }) => <span class="code">{displayReference(of)}</span>;

interface TableHeadProps {
  /** What is in each column, with a class where it has a width or look of its own; one that is left out is `false`. */
  readonly columns: readonly (string | readonly [name: string, look: string] | false)[];
  /** A row before it: what is on each sheet of a printed list. */
  readonly above?: ComponentChildren;
  /** Of a last column, which holds buttons: its name is read out and not shown. */
  readonly unseen?: string;
}

/** The first row of a table whose columns are named by a word each. */
export const TableHead = ({ columns, above, unseen }: TableHeadProps) => (
  <thead>
    {above}
    <tr>
      {columns
        .filter((column) => column !== false)
        .map((column) => (typeof column === 'string' ? ([column] as const) : column))
        .map(([name, look]) => (
          <th key={name} scope="col" class={look}>
            {name}
          </th>
        ))}
      {unseen && (
        <th scope="col">
          <span class="unseen">{unseen}</span>
        </th>
      )}
    </tr>
  </thead>
);

/** Below a name, as its bearer writes it. */
export const NativeName = ({ of }: { readonly of: string | undefined }) =>
  of ? (
    <small>
      <bdi>{of}</bdi>
    </small>
  ) : null;
