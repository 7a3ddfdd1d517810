import type { EventDefinition } from '../../shared/event/event.ts';
import type { SiteTranslate } from '../../shared/kernel/i18n/words.ts';
import {
  type CertificatePage,
  certificatePage,
  type VerifiedCertificate,
  verifyPage,
} from '../../web/site/certificates/certificate-page.ts';

interface Common {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
}

/** What the holder of a certificate sees, and anyone who is shown one, by name. */
export function certificatePages(common: Common): Record<string, string> {
  const own = (standing: CertificatePage['standing'], more: Partial<CertificatePage> = {}): string =>
    certificatePage({
      ...common,
      standing,
      fullName: 'Sokha Sample',
      isMinor: false,
      path: '/m/sample-token/certificate',
      ...more,
    });
  const { language, t, event } = common;
  const check = (verdict?: VerifiedCertificate): string =>
    verifyPage({
      event,
      language,
      t,
      path: `/e/${event.id}/verify`,
      typed: verdict?.kind === 'not-valid' ? '7K3-M9Q-X2AB' : '',
      verdict,
    });
  const names = { name: 'Sokha Sample', nativeName: 'សុខា' };
  return {
    'certificate-earned': own({ kind: 'earned' }, { names }),
    'certificate-young': own({ kind: 'earned' }, { names: { name: 'Dara Sample' }, isMinor: true }),
    'certificate-undrawn': own({ kind: 'earned' }, { names: { undrawn: '例' } }),
    'certificate-not-earned': own({ kind: 'not-earned', counts: 'sessions', came: 1, needed: 5 }),
    'certificate-not-yet': own({ kind: 'not-yet' }),
    verify: check(),
    'verify-valid': check({ kind: 'valid', fullName: names.name, nativeName: names.nativeName, event: event.title }),
    'verify-not-valid': check({ kind: 'not-valid' }),
    'verify-not-kept': check({ kind: 'not-kept' }),
  };
}
