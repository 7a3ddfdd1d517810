import { describe, expect, it } from 'vitest';
import { MESSAGE_KINDS } from '../../shared/domain/message.ts';
import { renderMessage } from '../../shared/mail/message.ts';
import { sampleData, sampleDigest, sampleInvitation } from './mail-fixture.ts';

/** The whole of each message, for a person to read in review: run vitest with `-u` after a change that is meant. */
describe.each(['en', 'km'] as const)('mail in %s', (language) => {
  it.each(MESSAGE_KINDS)('%s', async (kind) => {
    const { subject, text, html } =
      kind === 'digest'
        ? renderMessage(kind, sampleDigest(language))
        : renderMessage(kind, kind === 'role-invitation' ? sampleInvitation(language) : sampleData(language));
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`../golden/mail/${kind}.${language}.txt`);
    await expect(html).toMatchFileSnapshot(`../golden/mail/${kind}.${language}.html`);
  });

  it('confirmed, online, one day', async () => {
    const data = sampleData(language, { mode: 'online', days: ['day-2'] });
    const { subject, text } = renderMessage('confirmed', data);
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`../golden/mail/confirmed-online.${language}.txt`);
  });
});
