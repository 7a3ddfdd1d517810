import type { ReportState as State } from '../../../../shared/minors/report/report.ts';
import { t } from '../../words.ts';

/** How far those who look after children have come with a report. */
export const ReportState = ({ of: state }: { readonly of: State }) => (
  <span class={`tag ${state}`}>{t(`reports.states.${state}`)}</span>
);
