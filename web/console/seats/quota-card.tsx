import { Fill } from '../kernel/parts/fill.tsx';
import { ChangeCapacity } from './change-capacity.tsx';
import { Groups } from './groups.tsx';
import { overText, type QuotaProps, quotaText } from './quota.ts';

/** One quota: how full it is, by whom, and how many seats it has. */
export function QuotaCard(props: QuotaProps) {
  const { quota } = props;
  const over = overText(quota);
  const heading = `quota-${quota.id}`;
  return (
    <section class="card" aria-labelledby={heading}>
      <h2 id={heading}>{quota.title}</h2>
      <p>{quotaText(quota)}</p>
      {quota.per === undefined && <Fill label={quota.title} taken={quota.taken} capacity={quota.capacity} />}
      {over && <p class="over">{over}</p>}
      {quota.per && <Groups quota={quota} />}
      <ChangeCapacity {...props} />
    </section>
  );
}
