import { displayReference } from '../../../../shared/kernel/text/reference.ts';

/** In groups, as on mails and pages: so it is read out on the phone. */
export const Reference = ({ of }: { readonly of: string }) => <span class="code">{displayReference(of)}</span>;
