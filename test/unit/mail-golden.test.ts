import { describe, expect, it } from 'vitest';
import { MESSAGE_KINDS, type MessageKind } from '../../shared/domain/message.ts';
import { renderMessage } from '../../shared/mail/message.ts';
import { sampleData, sampleDelegation, sampleDigest, sampleForm, sampleInvitation } from './mail-fixture.ts';

const OTHERS = {
  'confirm-registration': sampleForm,
  'delegation-link': sampleDelegation,
  'delegation-registered': sampleDelegation,
  digest: sampleDigest,
  'role-invitation': sampleInvitation,
};
const sampleOf = (kind: MessageKind, language: 'en' | 'km') =>
  kind in OTHERS ? OTHERS[kind as keyof typeof OTHERS](language) : sampleData(language);

/** The whole of each message, for a person to read in review: run vitest with `-u` after a change that is meant. */
describe.each(['en', 'km'] as const)('mail in %s', (language) => {
  it.each(MESSAGE_KINDS)('%s', async (kind) => {
    const { subject, text, html } = renderMessage(kind, sampleOf(kind, language) as never);
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`../golden/mail/${kind}.${language}.txt`);
    await expect(html).toMatchFileSnapshot(`../golden/mail/${kind}.${language}.html`);
  });

  it('confirmed, online, one day', async () => {
    const data = sampleData(language, { mode: 'online', days: ['day-2'] });
    const { subject, text } = renderMessage('confirmed', data);
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`../golden/mail/confirmed-online.${language}.txt`);
  });
});
