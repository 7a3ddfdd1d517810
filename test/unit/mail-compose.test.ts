import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { composeMessage, type Envelope, UnsafeHeaderError } from '../../shared/mail/letter/compose.case.ts';
import type { Message } from '../../shared/mail/letter/content.ts';
import { renderMail } from '../support/render-mail.ts';
import { sampleData } from './mail-fixture.ts';

const envelope: Envelope = {
  from: { name: 'Forum on Safe Networks', address: 'forum@mail.example.org' },
  to: 'attendee@example.org',
  replyTo: { name: 'Forum secretariat', address: 'secretariat@forum.example.org' },
  date: new Date('2026-11-25T03:04:05Z'),
  messageId: 'AbCd-_09@mail.example.org',
  fileName: 'safe-networks-2027',
};
const confirmed = renderMail('confirmed', sampleData());
const compose = async (message: Message, change: Partial<Envelope> = {}): Promise<string> =>
  Buffer.from(await composeMessage(message, { ...envelope, ...change })).toString('latin1');
/** The headers of the message itself, unfolded. */
const headersOf = (raw: string): string[] => (raw.split('\r\n\r\n')[0] ?? '').replace(/\r\n[ \t]+/g, ' ').split('\r\n');

describe('a composed message', () => {
  it('has the headers that mail programs and auto-responders look at', async () => {
    expect(headersOf(await compose(confirmed))).toEqual([
      'Auto-Submitted: auto-generated',
      'Content-Language: en',
      'From: Forum on Safe Networks <forum@mail.example.org>',
      'To: attendee@example.org',
      'Reply-To: Forum secretariat <secretariat@forum.example.org>',
      'Subject: You are registered: Forum on Safe Networks',
      'Message-ID: <AbCd-_09@mail.example.org>',
      'Date: Wed, 25 Nov 2026 03:04:05 +0000',
      'MIME-Version: 1.0',
      expect.stringMatching(/^Content-Type: multipart\/mixed; boundary="[^"]+"$/),
    ]);
  });

  it('says to mailboxes where it is stopped in one click, unfolded and as it is, where it can be', async () => {
    const unsubscribe = `https://forum.example.org/u/safe-networks-2027.7K3M9QX2BC.${'A'.repeat(22)}`;
    const raw = await compose(confirmed, { unsubscribe });
    expect((raw.split('\r\n\r\n')[0] ?? '').split('\r\n').filter((line) => line.startsWith('List-'))).toEqual([
      `List-Unsubscribe: <${unsubscribe}>`,
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    ]);
    await expect(compose(confirmed, { unsubscribe: `${unsubscribe}\r\nBcc: a@b.test` })).rejects.toThrow(
      UnsafeHeaderError,
    );
  });

  it('holds text, HTML with its picture, and the calendar both as a part and as a file', async () => {
    const raw = await compose(confirmed);
    const types = [...raw.matchAll(/^Content-Type: ([^\r]*(?:\r\n[ \t][^\r]*)*)/gm)].map(([, type = '']) =>
      type.replace(/\s+/g, ' ').replace(/;? boundary="[^"]*"/, ''),
    );
    expect(types).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain; charset=utf-8',
      'multipart/related; type="text/html"',
      'text/html; charset=utf-8',
      'image/png; name=ticket.png',
      'text/calendar; charset=utf-8; method=PUBLISH',
      'application/ics; name=safe-networks-2027.ics',
    ]);
  });

  it('is read back by a mail parser as it was written', async () => {
    const parsed = await simpleParser(await compose(confirmed), { keepCidLinks: true });
    expect(parsed.text?.trim()).toBe(confirmed.text.trim());
    expect(String(parsed.html).trim()).toBe(confirmed.html.trim());
    const [picture, part, file] = parsed.attachments;
    expect(picture).toMatchObject({ contentType: 'image/png', cid: confirmed.picture?.contentId });
    expect(picture?.content.equals(confirmed.picture?.png ?? Buffer.alloc(0))).toBe(true);
    expect(confirmed.html).toContain(`src="cid:${picture?.cid}"`);
    for (const calendar of [part, file]) expect(calendar?.content.toString()).toBe(confirmed.calendars?.[0]?.content);
  });

  it('holds what is to be taken out of a calendar as a file beside what is to be entered, or alone', async () => {
    const updated = renderMail('updated', {
      ...sampleData('en', { days: ['day-2'] }),
      former: { status: 'confirmed', mode: 'in-person', days: ['day-1'], sessions: [] },
    });
    const raw = await compose(updated);
    expect(raw).toContain('method=PUBLISH');
    expect(raw).toContain('name=safe-networks-2027-cancel.ics');
    expect(updated.text).toContain('safe-networks-2027-cancel.ics takes out what is no longer yours');
    const cancelled = await compose(renderMail('cancelled', sampleData()));
    expect(cancelled).toContain('name=safe-networks-2027-cancel.ics');
    expect(cancelled).toContain('method=CANCEL');
    expect(cancelled).not.toContain('method=PUBLISH');
  });

  it('has no picture and no calendar where there is no ticket', async () => {
    const raw = await compose(renderMail('waitlisted', sampleData()));
    expect(headersOf(raw).at(-1)).toMatch(/^Content-Type: multipart\/alternative/);
    expect(raw).not.toMatch(/image\/png|text\/calendar/);
  });

  it('is the same, byte for byte, each time, in lines that mail servers take', async () => {
    const raw = await compose(confirmed);
    expect(await compose(renderMail('confirmed', sampleData()))).toBe(raw);
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThan(999);
    expect(raw).toMatch(/^[\t\r\n\x20-\x7E]*$/);
  });

  it('carries Khmer in subject, sender and text unharmed (AB10)', async () => {
    const message = renderMail('confirmed', sampleData('km'));
    const { event } = sampleData('km');
    const parsed = await simpleParser(
      await compose(message, { from: { name: event.title, address: 'a@example.org' } }),
    );
    expect(parsed.subject).toBe(message.subject);
    expect(parsed.from?.value).toEqual([{ name: event.title, address: 'a@example.org' }]);
    expect(parsed.text?.trim()).toBe(message.text.trim());
  });
});

describe('what reaches a header (AB8)', () => {
  const breaks = ['\r\nBcc: other@example.org', '\nX: y', '\rX: y', '\0', '\u2028', '\u0085'];

  it.each(breaks)('refuses %j wherever it may come in', async (end) => {
    const mailbox = { name: 'Forum', address: 'forum@example.org' };
    const changes: Partial<Envelope>[] = [
      { from: { ...mailbox, name: `Forum${end}` } },
      { from: { ...mailbox, address: `forum@example.org${end}` } },
      { replyTo: { ...mailbox, name: `Forum${end}` } },
      { replyTo: { ...mailbox, address: `forum@example.org${end}` } },
      { to: `attendee@example.org${end}` },
      { messageId: `id@example.org${end}` },
      { fileName: `forum${end}` },
    ];
    for (const change of changes) await expect(compose(confirmed, change)).rejects.toThrow(UnsafeHeaderError);
    await expect(compose({ ...confirmed, subject: `Hello${end}` })).rejects.toThrow(UnsafeHeaderError);
    await expect(compose({ ...confirmed, language: `en${end}` })).rejects.toThrow(UnsafeHeaderError);
  });

  it.each([
    'attendee@example.org, other@example.org',
    'Other <other@example.org>',
    'group: a@example.org, b@example.org;',
    '"a@b"@example.org',
    'a@example.org b@example.org',
    'attendee',
    '',
  ])('refuses %j as a recipient', async (to) => {
    await expect(compose(confirmed, { to })).rejects.toThrow(UnsafeHeaderError);
  });

  it('refuses an event whose title has two lines', async () => {
    const data = sampleData();
    const message = renderMail('cancelled', {
      ...data,
      event: { ...data.event, title: 'Forum\r\nBcc: x@example.org' },
    });
    await expect(compose(message)).rejects.toThrow(UnsafeHeaderError);
  });

  it('quotes a display name that looks like an address', async () => {
    const raw = await compose(confirmed, {
      from: { name: 'a@evil.test, "Forum" <b@evil.test>', address: 'forum@example.org' },
    });
    const parsed = await simpleParser(raw);
    expect(parsed.from?.value.map(({ address }) => address)).toEqual(['forum@example.org']);
  });
});
