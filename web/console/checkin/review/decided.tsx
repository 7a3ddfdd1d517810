import { useDesk } from '../../desk.ts';
import { Button } from '../../kernel/parts/button.tsx';
import { Failure } from '../../kernel/parts/failure.tsx';
import { useUnlessStale } from '../../kernel/parts/use-unless-stale.ts';
import { when } from '../../names.ts';
import { t } from '../../words.ts';
import { memberText } from '../member.ts';
import type { Decided, InboxProps } from './answers.ts';
import { Holder, holderText } from './holder.tsx';

interface DecidedTableProps extends InboxProps {
  readonly decisions: readonly Decided[];
}

/** What was said so far, by whom, the last first. What holds can be opened again. */
export const DecidedTable = ({ decisions, ...props }: DecidedTableProps) => (
  <section>
    <h2>{t('doors.toSee.before')}</h2>
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{t('doors.toSee.decision')}</th>
          <th scope="col">{t('doors.toSee.who')}</th>
          <th scope="col">{t('doors.toSee.by')}</th>
          <th scope="col">
            <span class="unseen">{t('doors.toSee.again')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {decisions.map((decided) => (
          <Row key={`${decided.at} ${decided.list} ${decided.ticket}`} decided={decided} {...props} />
        ))}
      </tbody>
    </table>
  </section>
);

interface RowProps extends InboxProps {
  readonly decided: Decided;
}

function Row({ decided, ...props }: RowProps) {
  const { event } = useDesk();
  const { list, decision, note, at, by, isReplaced, mayOpenAgain } = decided;
  return (
    <tr>
      <th scope="row">
        {decision === 'open-again' ? t('doors.toSee.openedAgain') : t(`doors.toSee.decisions.${decision}`)}
        {isReplaced && <span class="tag cancelled">{t('doors.toSee.replaced')}</span>}
        {note !== undefined && <small class="told">{note}</small>}
      </th>
      <td data-label={t('doors.toSee.who')}>
        {holderText(decided)} <Holder of={decided} />
        <small>{props.names.get(list) ?? list}</small>
      </td>
      <td data-label={t('doors.toSee.by')}>
        {memberText(by)}
        <small class="time">{when(event, at)}</small>
      </td>
      <td class="act">{mayOpenAgain.length > 0 && <OpenAgain decided={decided} {...props} />}</td>
    </tr>
  );
}

/** Takes nothing away: one press. */
function OpenAgain({ decided, onChanged, onStale }: RowProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale({
    problem: 'out-of-date',
    onStale,
    words: t('doors.toSee.changedMeanwhile'),
  });
  const { list: listId, ticket, mayOpenAgain: scans, after } = decided;
  const open = async (): Promise<void> => {
    const inbox = await api('POST /api/organiser/events/{eventId}/check-in/conflicts/{listId}/{ticket}', {
      params: { eventId: event.id, listId, ticket },
      body: { decision: 'open-again', scans, after },
    });
    tell(t('doors.toSee.openedNow'));
    onChanged(inbox);
  };
  return (
    <>
      <Button
        kind="second"
        busy={busy}
        label={t('doors.toSee.againAt', { who: holderText(decided) })}
        onPress={() => change(open)}
      >
        {t('doors.toSee.again')}
      </Button>
      <Failure error={error} />
    </>
  );
}
