import { describe, expect, it } from 'vitest';
import { loadEvent } from '../../cli/event-file.ts';
import { localise, splitTexts } from '../../shared/event/event-texts.ts';
import { LANGUAGE_TAGS } from '../../shared/kernel/i18n/languages.ts';
import { MAIL, mailWords } from '../../shared/kernel/i18n/mail.store.ts';
import { NOTICES } from '../../shared/kernel/i18n/notices.store.ts';
import { SITE } from '../../shared/kernel/i18n/site.store.ts';
import { type AnnouncementKind, MAIL_KINDS, type MailKind, readerOf } from '../../shared/mail/kinds.ts';
import { composeMessage } from '../../shared/mail/letter/compose.case.ts';
import type { FormerStanding } from '../../shared/mail/outbox/message.schema.ts';
import { isAddressProven } from '../../shared/registration/proven.ts';
import { renderMail } from '../support/render-mail.ts';
import {
  sampleAddress,
  sampleAnnouncement,
  sampleData,
  sampleDelegation,
  sampleDigest,
  sampleForm,
  sampleGuardianNews,
  sampleHeld,
  sampleInvitation,
  sampleResetElsewhere,
  sampleVetting,
} from './mail-fixture.ts';
import { readersOf } from './mail-readers.ts';

const FORUM = splitTexts(loadEvent('events/asean-ict-forum.yaml'));

describe.each(LANGUAGE_TAGS)('a subject in %s', (language) => {
  const { title, shortTitle = '' } = localise(FORUM.rules, FORUM.texts[language] ?? {});

  it.each(MAIL_KINDS)('of %s has less than 150 bytes, of the sample event, whoever it is to', (kind) => {
    for (const [reader, data] of readersOf(kind, language)) {
      const { subject, html } = renderMail(kind, { ...data, event: { ...data.event, title, shortTitle } } as never);
      expect(Buffer.byteLength(subject), `${reader}: ${subject}`).toBeLessThan(150);
      // A test of what is to be sent says by itself that it is one.
      if (kind !== 'message-test') expect(subject, reader).toContain(shortTitle);
      expect(html, 'what the mail itself calls it').toContain(title);
    }
  });

  it('that an organiser typed is whole, and leaves out the event where both have no room', () => {
    const subjectOf = (typed: string): string => {
      const data = sampleAnnouncement(language, 'organiser-message');
      const words = { [language]: { subject: typed, text: 'Text' } };
      const event = { ...data.event, title, shortTitle };
      const announcement = { ...data.announcement, words };
      return renderMail('organiser-message', { ...data, event, announcement }).subject;
    };
    const short = 'ក'.repeat(10);
    expect(subjectOf(short)).toContain(short);
    expect(subjectOf(short)).toContain(shortTitle);
    expect(subjectOf('ក'.repeat(49))).toBe('ក'.repeat(49));
    expect(Buffer.byteLength(subjectOf('ក'.repeat(34)))).toBeLessThan(150);
  });

  it('without a short title calls the event by its title', () => {
    const { event, ...data } = sampleData(language);
    expect(renderMail('cancelled', { ...data, event }).subject).toContain(event.title);
  });
});

const everyMessage = LANGUAGE_TAGS.flatMap((language) => MAIL_KINDS.map((kind) => [kind, language] as const));

describe.each(everyMessage)('%s in %s', (kind, language) => {
  const [registered, invited, told] = [sampleData(language), sampleInvitation(language), sampleDigest(language)];
  const [coordinated, sent] = [sampleDelegation(language), sampleForm(language)];
  const held = { ...sampleHeld(language), ...sampleResetElsewhere(language) };
  const vetting = sampleVetting('7K3M9-QX2AB')(language);
  const { announcement } = sampleAnnouncement(language, kind as AnnouncementKind);
  const { what, isAsked } = sampleGuardianNews(language);
  const data = {
    ...registered,
    what,
    isAsked,
    announcement,
    ...invited,
    ...told,
    ...coordinated,
    ...sent,
    ...held,
    ...{ name: vetting.name, vettedUntil: vetting.vettedUntil },
    links: {
      ...{ ...vetting.links, ...held.links, ...registered.links, ...invited.links, ...told.links },
      ...{ ...coordinated.links, ...sent.links },
    },
  };

  it('carries nothing that the attendee typed (AB3)', () => {
    const typed = {
      email: 'typed-address@example.org',
      honorific: 'TYPED-1',
      fullName: 'TYPED-2',
      badgeName: 'TYPED-3',
      nativeName: 'TYPED-4',
      position: 'TYPED-5',
      organisation: 'TYPED-6',
      answers: { dream: 'TYPED-7' },
    };
    const message = renderMail(kind, { ...data, registration: { ...data.registration, ...typed } });
    expect(JSON.stringify(message)).not.toMatch(/typed/i);
  });

  it('escapes what organisers write (AB9)', () => {
    const title = `<script>alert("1")</script> & 'Sons'`;
    const event = { ...data.event, title, secretariat: { name: '<b>"Us"</b>', email: 'us@example.org' } };
    const { html, text, subject } = renderMail(kind, { ...data, event });
    expect(html).not.toMatch(/<script|<b>/);
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;Sons&#39;');
    // CS23: a report may be about the secretariat.
    const leadsToSecretariat = !['report-received', 'vetting-lapsed', 'readers-gone', 'deputies-gone'].includes(kind);
    expect(html.includes('&lt;b&gt;&quot;Us&quot;&lt;/b&gt;')).toBe(leadsToSecretariat);
    expect(`${html}${text}`.includes('us@example.org')).toBe(leadsToSecretariat);
    expect(text).toContain(title);
    expect(subject).toContain(title);
  });

  it('says in HTML what it says in text', () => {
    const { html, text } = renderMail(kind, data);
    const words = html
      .replace(/^[\s\S]*<body/, '<body')
      .replace(/<\/?span[^>]*>/g, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/&quot;/g, '"')
      .replace(/&#39;/g, "'")
      .replace(/\s+/g, ' ');
    for (const line of text.split('\n').map((each) => each.replace(/^\* | \*$|[:៖]$/g, '').trim())) {
      if (line === '--' || line === '') continue;
      if (line.startsWith('https://')) expect(html).toContain(`href="${line.replaceAll('&', '&amp;')}"`);
      else for (const part of line.split(/[:៖] /)) expect(words).toContain(part.replace(/\s+/g, ' '));
    }
  });

  it('is in its language, with no picture or style from elsewhere', () => {
    const { html } = renderMail(kind, data);
    expect(html).toContain(`<html lang="${language}"`);
    expect(html).toContain(language === 'km' ? 'line-height:1.7' : 'line-height:1.5');
    expect(html).not.toMatch(/src="(?!cid:)|<link|url\(/);
  });
});

const calendarIn = (
  kind: 'confirmed' | 'updated' | 'cancelled',
  data: ReturnType<typeof sampleData>,
  wanted = 'PUBLISH',
) => renderMail(kind, data).calendars?.find(({ method }) => method === wanted)?.content ?? '';

describe('the mail of a confirmed attendee', () => {
  it('has the ticket as a picture and to be typed, the reference and the manage link', () => {
    const data = sampleData();
    const { text, html } = renderMail('confirmed', data);
    for (const body of [text, html]) {
      expect(body).toContain('7K3M-9QX2-AB0C-D4EF-G5H0');
      expect(body).toContain('7K3-M9Q-X2BC');
      expect(body).toContain(data.links.manage);
    }
    expect(html).toContain('alt="QR code of your ticket"');
  });

  it('keeps the personal link, the reference and the ticket out of the calendar, which gets shared', () => {
    expect(calendarIn('confirmed', sampleData()).replace(/\r\n /g, '')).not.toMatch(/\/m\/|7K3|PLN1/);
  });

  it('names the time zone of days on each side of a change of clocks', () => {
    const data = sampleData();
    const dates = data.event.days.map((day, index) => ({ ...day, date: `2027-10-3${index}` }));
    const { text } = renderMail('confirmed', {
      ...data,
      event: { ...data.event, timeZone: 'Europe/Berlin', days: dates },
      registration: { ...data.registration, days: dates.map(({ id }) => id) },
    });
    expect(text).toContain('All times are in CEST (UTC+2).\n  From 31 October, they are in CET (UTC+1).');
  });

  it('names the country of the venue once', () => {
    const data = sampleData();
    const venue = { ...data.event.venue, address: '1 Sample Street, Phnom Penh, Cambodia' };
    const { text } = renderMail('confirmed', { ...data, event: { ...data.event, venue } });
    expect(text).toContain('  1 Sample Street, Phnom Penh, Cambodia\nYour reference');
  });

  it('tells online attendees where to join, and gives no venue', () => {
    const data = sampleData('en', { mode: 'online' });
    const { text } = renderMail('confirmed', data);
    expect(text).toContain('a button to join each session');
    expect(text).not.toContain('Riverside');
    expect(calendarIn('confirmed', data)).toContain('\r\nLOCATION:Online\r\n');
  });
});

it('a reminder of the day before looks forward to a day on which its reader comes', () => {
  const subjectFor = (days: string[]) =>
    renderMail('reminder-day', sampleAnnouncement('en', 'reminder-day', { days })).subject;
  expect(subjectFor(['day-1', 'day-2'])).toContain('2 November');
  expect(subjectFor(['day-2'])).toContain('3 November');
});

describe('the calendar of a mail', () => {
  const session = (id: string, changes: object = {}) => ({
    ...{ id, title: `Session ${id}`, day: 'day-1', start: '10:00', end: '11:00', room: 'Room 2' },
    ...changes,
  });
  const [chosen, left, closed] = [
    session('chosen', { signUp: true }),
    session('left', { signUp: true }),
    session('members', { audience: ['government'] }),
  ];
  const data = (days: string[], own: ReturnType<typeof session>[]) => {
    const sample = sampleData('en', { days });
    return { ...sample, event: { ...sample.event, sessions: [chosen, left, closed] as never }, sessions: own as never };
  };
  const uids = (calendar: string): string[] =>
    [...calendar.matchAll(/^UID:safe-networks-2027\.(.*)@/gm)].map(([, id = '']) => id);

  it('has the days that someone attends and the sessions that are their own', () => {
    expect(uids(calendarIn('confirmed', data(['day-1'], [chosen])))).toEqual(['day-1', 'session.chosen']);
    expect(calendarIn('confirmed', data(['day-1'], [chosen])).replaceAll('\r\n ', '')).toContain(
      'LOCATION:Room 2\\, Riverside Hall',
    );
    expect(renderMail('confirmed', data(['day-1'], [chosen])).text).toContain('each of your days and sessions');
  });

  const former = (changes: Partial<FormerStanding> = {}): FormerStanding => ({
    ...{ status: 'confirmed', mode: 'in-person', days: ['day-1'], sessions: ['left'] },
    ...changes,
  });

  it('takes out what was theirs and is not after a change, and nothing that never was', () => {
    const changed = data(['day-2'], [chosen]);
    expect(uids(calendarIn('updated', changed))).toEqual(['day-2', 'session.chosen']);
    // As a mail that was written before this was kept.
    expect(renderMail('updated', changed).calendars).toHaveLength(1);
    const none = { ...changed, former: former({ days: ['day-1', 'day-2'], sessions: ['chosen'] }) };
    expect(uids(calendarIn('updated', none, 'CANCEL'))).toEqual(['day-1']);
    const both = { ...changed, former: former({ sessions: ['left', 'members'] }) };
    expect(uids(calendarIn('updated', both, 'CANCEL')).sort()).toEqual(['day-1', 'session.left', 'session.members']);
    // With no seat before, nothing was entered.
    expect(renderMail('updated', { ...both, former: former({ status: 'waitlisted' }) }).calendars).toHaveLength(1);
    const all = data(['day-1', 'day-2'], [chosen, left, closed]);
    expect(renderMail('updated', { ...all, former: former() }).calendars).toHaveLength(1);
    expect(uids(calendarIn('updated', all))).toContain('session.members');
    expect(uids(calendarIn('cancelled', changed, 'CANCEL'))).toEqual(['day-2', 'session.chosen']);
  });
});

describe('the mail after a change', () => {
  const ENVELOPE = {
    from: { name: 'Forum', address: 'forum@mail.example.org' },
    to: 'attendee@example.org',
    replyTo: { name: 'Forum', address: 'secretariat@forum.example.org' },
    date: new Date('2026-11-25T03:04:05Z'),
    messageId: 'AbCd-_09@mail.example.org',
    fileName: 'safe-networks-2027',
  };
  const before: FormerStanding = { status: 'confirmed', mode: 'online', days: ['day-1'], sessions: ['talk'] };
  const changed = (former: FormerStanding, language: 'en' | 'km' = 'en') => {
    const data = sampleData(language, { days: ['day-2'] });
    const talk = { id: 'talk', title: 'A talk', day: 'day-1', start: '10:00', end: '11:00', signUp: true };
    return { ...data, event: { ...data.event, sessions: [talk] as never }, former };
  };

  it('says what is new and what is not theirs any more, and names the files by what they do', async () => {
    const message = renderMail('updated', changed(before));
    expect(message.text).toContain(
      [
        'What changed:',
        '  How you take part: In person, in Phnom Penh. Before: Online',
        '  New: Wednesday, 3 November 2027',
        '  No longer: Tuesday, 2 November 2027',
        '  No longer: A talk',
      ].join('\n'),
    );
    expect(message.text).not.toContain('second');
    const raw = String(await composeMessage(message, ENVELOPE));
    for (const file of ['safe-networks-2027.ics', 'safe-networks-2027-cancel.ics']) {
      expect(message.text).toContain(file);
      expect(raw).toContain(`filename=${file}`);
    }
    expect(renderMail('updated', changed(before, 'km')).text).toContain('លែងចូលរួម៖ A talk');
  });

  it.each(['pending-approval', 'waitlisted', 'confirmed'] as const)(
    'tells an attendee who was declined that the decline was taken back: %s',
    (status) => {
      const former: FormerStanding = { ...before, status: 'declined' };
      for (const language of LANGUAGE_TAGS) {
        const t = mailWords(language);
        const [takenBack, care] = [t('declined.taken-back'), t('declined.taken-back.care')];
        const data = { ...sampleData(language, { status }), former };
        for (const said of [takenBack, care]) expect(renderMail(status, data).text).toContain(said);
        expect(renderMail(status, { ...data, former: undefined }).text).not.toContain(takenBack);
        const asksNothing = { ...data, event: { ...data.event, questions: [] } };
        expect(renderMail(status, asksNothing).text).not.toContain(care);
      }
      expect(renderMail(status, { ...sampleData('en', { status }), former }).text).not.toContain('No longer');
    },
  );

  it('says so where it was none of that', () => {
    const same = { ...before, mode: 'in-person', days: ['day-2'], sessions: [] };
    const { text, calendars } = renderMail('updated', changed(same));
    expect(text).toContain('You changed what you say about yourself.');
    expect(text).not.toContain('What changed');
    expect(calendars).toHaveLength(1);
  });

  it('says it to an attendee who waits, too', () => {
    const data = changed({ ...before, status: 'waitlisted' });
    const { ticket: _, ...waiting } = {
      ...data,
      registration: { ...data.registration, status: 'waitlisted' as const },
    };
    expect(renderMail('updated', waiting as never).text).toContain('No longer: A talk');
  });
});

describe('AB3: the mail of a confirmed attendee names them', () => {
  it.each(['confirmed', 'promoted', 'updated'] as const)('%s', (kind) => {
    expect(renderMail(kind, { ...sampleData(), named: 'Sok <Dara>' }).text).toContain('Name: Sok <Dara>');
    expect(renderMail(kind, { ...sampleData(), named: 'Sok <Dara>' }).html).toContain('Sok &lt;Dara&gt;');
    expect(renderMail(kind, sampleData()).text).not.toContain('Name:');
  });

  it('once a press in a mail proved the address, and not where others vouched for it', () => {
    const at = '2027-03-01T00:00:00.000Z';
    expect(isAddressProven({ proven: { how: 'mail', at } })).toBe(true);
    expect(isAddressProven({ proven: { how: 'vouched', at } })).toBe(false);
    expect(isAddressProven({ proven: { how: 'ticket', at } })).toBe(false);
    expect(isAddressProven({ unproven: true })).toBe(false);
    expect(isAddressProven({})).toBe(false);
  });
});

describe('the mail of a young person', () => {
  it.each(['confirmed', 'promoted', 'waitlisted'] as const)('%s says what their own page has to stop', (kind) => {
    const { text } = renderMail(kind, sampleData('en', { ageBand: 'minor' }));
    expect(text).toContain('choose “I do not want to take part” on that page');
    expect(text).not.toContain('Cancel my registration');
  });
});

describe('other mails', () => {
  it.each(['waitlisted', 'already-registered', 'cancelled'] as const)(
    '%s has no ticket, and enters nothing in a calendar',
    (kind) => {
      const message = renderMail(kind, sampleData());
      expect(message.picture).toBeUndefined();
      expect((message.calendars ?? []).filter(({ method }) => method === 'PUBLISH')).toEqual([]);
      expect(message.html).not.toMatch(/PLN1|7K3M-/);
    },
  );

  it('says to whoever registers again that the new answers were not saved', () => {
    expect(renderMail('already-registered', sampleData()).text).toContain('The new answers were not saved.');
  });

  it('speaks English where there is no catalogue for the language', () => {
    const { subject } = renderMail('cancelled', sampleData('en', { language: 'xx' }));
    expect(subject).toBe('Your registration is cancelled: Forum on Safe Networks');
  });
});

describe('CS21: in Khmer', () => {
  const [ADULT, YOUNG] = ['លោកអ្នក', 'ប្អូន'];
  const wordsOf = (kind: MailKind, ageBand?: 'minor'): string => {
    const { announcement } = sampleAnnouncement('km', kind as AnnouncementKind);
    const { language, until } = sampleAddress('km');
    const data = { ...sampleData('km', { ageBand }), announcement, language, until };
    const { subject, text, html } = renderMail(kind, data as never);
    return subject + text + html;
  };

  it.each(MAIL_KINDS.filter((kind) => readerOf(kind) === 'holder' && kind !== 'chaperone-request'))(
    '%s calls someone under 18 by one name',
    (kind) => {
      expect(wordsOf(kind, 'minor')).not.toContain(ADULT);
    },
  );

  it.each(['confirmed', 'waitlisted', 'updated', 'cancelled', 'link', 'chaperone-request'] as const)(
    '%s calls an adult as adults are called',
    (kind) => {
      expect(wordsOf(kind)).toContain(ADULT);
      expect(wordsOf(kind)).not.toContain(YOUNG);
    },
  );

  it.each(['guardian-request', 'guardian-reminder', 'guardian-receipt'] as const)(
    '%s does so to a guardian',
    (kind) => {
      expect(wordsOf(kind, 'minor')).toContain(ADULT);
      expect(wordsOf(kind, 'minor')).not.toContain(YOUNG);
    },
  );
});

describe('the catalogues', () => {
  it.each(LANGUAGE_TAGS)('%s calls the button by the name that it has on the page', (language) => {
    const button = SITE.in(language)['manage.cancel.button'];
    expect(MAIL.in(language)['manage.cancel']).toContain(button);
    expect(MAIL.in(language)['manage.leave']).toContain(button);
    const stop = SITE.in(language)['young.stop.title'];
    expect(MAIL.in(language)['manage.stop']).toContain(stop);
    expect(NOTICES.in(language)['youth.no.how']).toContain(stop);
  });
});
