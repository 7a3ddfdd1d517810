import { useState } from 'preact/hooks';
import { useAct, useDesk } from '../../desk.ts';
import type { AnswerOf } from '../../kernel/api/routes.ts';
import { Button } from '../../kernel/parts/button.tsx';
import { Failure } from '../../kernel/parts/failure.tsx';
import { categoryName, when } from '../../names.ts';
import { t } from '../../words.ts';

type CodeList = AnswerOf<'GET /api/organiser/events/{eventId}/invitations'>;
type Code = CodeList['invitations'][number];

interface CodeTableProps {
  readonly codes: readonly Code[];
  readonly onChanged: (codes: CodeList) => void;
}

/** Those that still let someone in come first. */
export function CodeTable({ codes, onChanged }: CodeTableProps) {
  const isOpen = ({ state }: Code): number => (state === 'open' ? 0 : 1);
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{t('codes.label')}</th>
          <th scope="col">{t('codes.onlyFor')}</th>
          <th scope="col">{t('codes.used')}</th>
          <th scope="col">{t('codes.validUntil')}</th>
          <th scope="col">
            <span class="unseen">{t('codes.revoke')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {[...codes]
          .sort((a, b) => isOpen(a) - isOpen(b))
          .map((code) => (
            <Row key={code.id} code={code} onChanged={onChanged} />
          ))}
      </tbody>
    </table>
  );
}

function Row({ code, onChanged }: { readonly code: Code; readonly onChanged: (codes: CodeList) => void }) {
  const { event } = useDesk();
  const bounds = [code.email, code.category && categoryName(event, code.category), code.organisation].filter(Boolean);
  return (
    <tr>
      <th scope="row">{code.label}</th>
      <td data-label={t('codes.onlyFor')}>{bounds.length > 0 ? bounds.join(', ') : t('codes.anyone')}</td>
      <td data-label={t('codes.used')}>{t('codes.uses', { used: code.used, uses: code.uses })}</td>
      <td data-label={t('codes.validUntil')} class="time">
        {when(event, code.validUntil)}
      </td>
      <td class="act">
        {code.state === 'open' ? (
          <Revoke code={code} onChanged={onChanged} />
        ) : (
          <span class="tag expired">{t(`codes.state.${code.state}`)}</span>
        )}
      </td>
    </tr>
  );
}

/** Two presses: whoever has the code is turned away from then on. */
function Revoke({ code, onChanged }: { readonly code: Code; readonly onChanged: (codes: CodeList) => void }) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [sure, setSure] = useState(false);
  const revoke = async (): Promise<void> => {
    if (!sure) return setSure(true);
    const params = { eventId: event.id, invitationId: code.id };
    const left = await api('POST /api/organiser/events/{eventId}/invitations/{invitationId}/revoke', { params });
    tell(t('codes.revoked', { label: code.label }));
    onChanged(left);
  };
  return (
    <>
      <Button
        kind={sure ? 'danger' : 'second'}
        busy={busy}
        label={sure ? undefined : t('codes.revokeOf', { label: code.label })}
        onPress={() => run(revoke)}
      >
        {sure ? t('codes.revokeNow') : t('codes.revoke')}
      </Button>
      <Failure error={error} />
    </>
  );
}
