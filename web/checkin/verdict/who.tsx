import { useEffect, useState } from 'preact/hooks';
import type { CheckinTranslate } from '../../../shared/kernel/i18n/words.ts';
import { QUIET_ZONE, qrPath } from '../../../shared/ticket/qr-path.ts';
import { useApp } from '../app-context.ts';
import type { Outcome, Person } from '../engine/engine.ts';
import { inLanguage, roleName } from '../words.ts';

interface Drawn {
  readonly path: string;
  readonly side: number;
}

/**
 * A walk-in's ticket beside its characters, to be photographed with their own phone: its id alone, as on badges. A phone signs nothing, so
 * that it counts for what the rosters of other doors know of it. What draws it is fetched here: few phones enter anybody.
 */
function TicketQr({ id }: { readonly id: string }) {
  const { t } = useApp();
  const [drawn, setDrawn] = useState<Drawn>();
  useEffect(() => {
    import('uqr').then(
      ({ encode }) => {
        const { data } = encode(id, { ecc: 'M', border: 0 });
        setDrawn({ path: qrPath(data), side: data.length + 2 * QUIET_ZONE });
      },
      // Its characters stand above.
      () => undefined,
    );
  }, [id]);
  if (drawn === undefined) return null;
  const { path, side } = drawn;
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={t('verdict.qr')}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}

/** What staff do besides, for this person: nothing of it for someone who is not let in. */
export function flagsOf(person: Person, { kind }: Outcome, t: CheckinTranslate): readonly string[] {
  if (kind === 'refuse' || kind === 'leave') return [];
  return [
    ...(person.role === 'protocol' ? [t('verdict.protocol')] : []),
    ...(person.isMinor ? [t('verdict.isMinor')] : []),
    ...(person.noPhoto ? [t('verdict.noPhoto')] : []),
    ...(person.askNeeds ? [t('verdict.askNeeds')] : []),
  ];
}

interface WhoProps {
  readonly person: Person | undefined;
  readonly outcome: Outcome;
  readonly what: string | undefined;
}

/** The name as on the badge, in letters that are read at arm's length, and what else a door has to know of them. */
export function Who({ person, outcome, what }: WhoProps) {
  const { t, language, snapshot } = useApp();
  if (person === undefined) return <p class="name">{what}</p>;
  const { name, organisation, category, role } = person;
  const group = snapshot.setup?.event.categories.find(({ id }) => id === category);
  const facts = [organisation, group && inLanguage(group.name, language), roleName(role, t)];
  return (
    <>
      {/* What is the matter comes first: a name may be as long as the screen is. Where there is no name, it stands in its place. */}
      {name !== undefined && what !== undefined && <p class="what">{what}</p>}
      <p class="name">{name ?? what ?? t('verdict.noName')}</p>
      <ul class="flags">
        {flagsOf(person, outcome, t).map((flag) => (
          <li key={flag}>{flag}</li>
        ))}
      </ul>
      {outcome.kind === 'let-in' && outcome.ticketId !== undefined && <TicketQr id={outcome.ticketId} />}
      {facts.map(
        (fact) =>
          fact !== undefined && (
            <p key={fact} class="fact">
              {fact}
            </p>
          ),
      )}
    </>
  );
}
