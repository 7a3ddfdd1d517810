import { encode } from 'uqr';
import { QUIET_ZONE, qrPath } from '../../../../shared/ticket/qr-path.ts';

interface QrProps {
  readonly text: string;
  /** What it is, for those who do not see it. */
  readonly label: string;
}

/** A QR code with its border, black on white in any colour scheme. Level M still reads with a seventh of it spoiled. */
export function Qr({ text, label }: QrProps) {
  const { data } = encode(text, { ecc: 'M', border: 0 });
  const side = data.length + 2 * QUIET_ZONE;
  return (
    <svg class="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
      <path fill="#000" d={qrPath(data)} />
    </svg>
  );
}
