import { describe, expect, it } from 'vitest';
import { mailWords } from '../../shared/kernel/i18n/mail.store.ts';
import { MAIL_KINDS } from '../../shared/mail/kinds.ts';
import type { render } from '../../shared/mail/letter/render.case.ts';
import type { FormerStanding } from '../../shared/mail/outbox/message.schema.ts';
import { renderMail } from '../support/render-mail.ts';
import { sampleAnnouncement, sampleData, sampleGuardianNews, sampleMessage } from './mail-fixture.ts';

/** What each message says, for a person to read in review: run vitest with `-u` after a change that is meant. How it looks is in `pages-and-mail.test.ts`. */
describe.each(['en', 'km'] as const)('mail in %s', (language) => {
  it.each(MAIL_KINDS)('%s', async (kind) => {
    const { subject, text } = renderMail(kind, sampleMessage(kind, language) as never);
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`../golden/mail/${kind}.${language}.txt`);
  });

  it.each(MAIL_KINDS)('CI16: %s, of a rehearsal, says so before all else, and beside its subject', (kind) => {
    const real = sampleMessage(kind, language) as Parameters<typeof render>[2];
    const renderOf = (data: typeof real) => renderMail(kind, data as never);
    const { subject, text, html, calendars = [] } = renderOf({ ...real, event: { ...real.event, rehearsal: true } });
    const note = mailWords(language)('rehearsal');
    expect(text.startsWith(`${note}\n\n`)).toBe(true);
    expect(html.split(note)).toHaveLength(3);
    expect(subject).toBe(renderOf(real).subject);
    expect(renderOf(real).text).not.toContain(note);
    const entered = mailWords(language)('calendar.rehearsal', { event: real.event.title });
    for (const { content } of calendars) expect(content.replaceAll('\r\n ', '')).toContain(`SUMMARY:${entered} – `);
    // As the console proposes it: the word, and a colon as everywhere.
    const title = entered.replace(/[:៖] /, ': ');
    const named = renderOf({ ...real, event: { ...real.event, title, rehearsal: true } }).calendars ?? [];
    for (const { content } of named) expect(content.replaceAll('\r\n ', '')).toContain(`SUMMARY:${title} – `);
  });

  it.each([
    ['reminder-week-online', { mode: 'online', days: ['day-2'] }],
    [
      'reminder-week-meanwhile',
      { status: 'waitlisted', waiting: { since: '2027-03-01T08:00:00.000Z', meanwhile: 'online' } },
    ],
    ['reminder-week-young', { ageBand: 'minor' }],
  ] as const)('%s', async (name, registration) => {
    const { subject, text } = renderMail('reminder-week', sampleAnnouncement(language, 'reminder-week', registration));
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`../golden/mail/${name}.${language}.txt`);
  });

  it('thank-you, to whoever did not come', async () => {
    const data = sampleAnnouncement(language, 'thank-you');
    const { subject, text } = renderMail('thank-you', { ...data, links: { ...data.links, afterwards: {} } });
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`../golden/mail/thank-you-away.${language}.txt`);
  });

  it.each([
    ['event-cancelled', false],
    ['event-cancelled', true],
    ['event-postponed', false],
    ['event-moved-online', true],
    ['event-rescheduled', true],
  ] as const)('to a guardian: %s, still asked: %s', async (what, isAsked) => {
    const { subject, text } = renderMail('guardian-event-status', sampleGuardianNews(language, what, isAsked));
    const name = `guardian-${what}${isAsked ? '-asked' : ''}`;
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`../golden/mail/${name}.${language}.txt`);
  });

  it.each(['confirmed', 'waitlisted', 'pending-approval', 'ask-proof'] as const)(
    '%s, to an address that nobody has proven: it begins with the button',
    async (kind) => {
      const status = kind === 'ask-proof' ? 'waitlisted' : kind;
      const data = sampleData(language, { status, unproven: true });
      const { subject, text, html } = renderMail(kind, data);
      await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`../golden/mail/${kind}-unproven.${language}.txt`);
      const [, first] = text.split('\n\n').slice(text.split('\n\n').findIndex((each) => /Hello|សូមជម្រាប/.test(each)));
      expect(first).toContain(language === 'en' ? 'Yes, this is me' : 'នេះគឺខ្ញុំ');
      expect(first).toContain(data.links.manage);
      expect(html.indexOf(data.links.manage)).toBeLessThan(html.indexOf(data.registration.reference.slice(0, 5)));
    },
  );

  it.each([
    ['declined-reason', { id: 'x', texts: { en: 'Only for speakers.', km: 'សម្រាប់វាគ្មិនប៉ុណ្ណោះ។' } }],
    ['declined-usual-reason', { id: 'audience' }],
    ['declined-reason-of-one-language', { id: 'x', texts: { en: 'Only for speakers.' } }],
  ])('%s', async (name, declineReason) => {
    const { subject, text } = renderMail('declined', sampleData(language, { status: 'declined', declineReason }));
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`../golden/mail/${name}.${language}.txt`);
  });

  it('declined, for a reason that this version of the product does not know: it says none', () => {
    const data = sampleData(language, { status: 'declined', declineReason: { id: 'of-a-later-version' } });
    expect(renderMail('declined', data).text).not.toContain(language === 'en' ? 'Reason' : 'មូលហេតុ');
  });

  it('confirmed, of a delegation: with a button that lets its coordinator see where they stand', async () => {
    const data = sampleData(language);
    const coordinator = `${data.links.manage}?lang=${language}&asks=coordinator`;
    const { subject, text } = renderMail('confirmed', { ...data, links: { ...data.links, coordinator } });
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`../golden/mail/confirmed-delegated.${language}.txt`);
    expect(text.split(coordinator)).toHaveLength(2);
  });

  it('confirmed, registered by telephone, with questions that were not asked there', async () => {
    const data = sampleData(language);
    const answer = `${data.links.manage}/amend?lang=${language}`;
    const { subject, text } = renderMail('confirmed', { ...data, onBehalf: { unanswered: 2, answer } });
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`../golden/mail/confirmed-on-behalf.${language}.txt`);
    expect(text.split(answer)).toHaveLength(2);
    for (const kind of ['pending-approval', 'waitlisted'] as const) {
      const renders = (unanswered: number) => renderMail(kind, { ...data, onBehalf: { unanswered, answer } }).text;
      expect([renders(1).includes(answer), renders(0).includes(answer)]).toEqual([true, false]);
    }
  });

  it.each(['confirmed', 'waitlisted', 'pending-approval'] as const)('updated by the organisers: %s', async (status) => {
    const { ticket, former: _, ...data } = sampleData(language, { status });
    const former: FormerStanding = { status, mode: 'in-person', days: [...data.registration.days], sessions: [] };
    const changed = { ...data, ...(status === 'confirmed' && { ticket }), former, byOrganisers: true as const };
    const { subject, text } = renderMail('updated', changed);
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(
      `../golden/mail/updated-by-organisers-${status}.${language}.txt`,
    );
    const t = mailWords(language);
    expect(text).toContain(t('updated.organisers.details'));
    expect(text).not.toContain(t('updated.details'));
  });

  it('confirmed, online, one day', async () => {
    const data = sampleData(language, { mode: 'online', days: ['day-2'] });
    const { subject, text } = renderMail('confirmed', data);
    await expect(`${subject}\n\n${text}`).toMatchFileSnapshot(`../golden/mail/confirmed-online.${language}.txt`);
  });
});
