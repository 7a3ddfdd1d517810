import { useEffect, useState } from 'preact/hooks';
import { QUIET_ZONE, qrPath } from '../../../shared/ticket/qr-path.ts';
import { useApp } from '../app-context.ts';

interface Drawn {
  readonly path: string;
  readonly side: number;
}

/**
 * A walk-in's ticket beside its characters, to be photographed with their own phone: its id alone, as on badges. A phone signs nothing, so
 * that it counts for what the rosters of other doors know of it. What draws it is fetched here: few phones enter anybody.
 */
export function TicketQr({ id }: { readonly id: string }) {
  const { words } = useApp();
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
      aria-label={words.verdict.qr}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}
