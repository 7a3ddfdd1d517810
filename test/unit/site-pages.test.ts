import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../shared/kernel/errors.ts';
import { problemPage } from '../../shared/kernel/http/form-again.case.ts';
import { LANGUAGE_TAGS } from '../../shared/kernel/i18n/languages.ts';
import { noticeWords } from '../../shared/kernel/i18n/notices.store.ts';
import { verifyPage } from '../../web/site/certificates/certificate-page.ts';
import { eventPage, sharingOf } from '../../web/site/event/event-page.ts';
import { youngPeoplePage } from '../../web/site/minors/young-people-page.ts';
import { managePage } from '../../web/site/registration/manage-page.ts';
import { registerPage, thanksPage } from '../../web/site/registration/register-page.ts';
import { everyPage as everyPageOf } from '../support/page-states.ts';
import { siteAssets } from '../support/site-assets.ts';
import { FILLED, forum, pageMakers, pages, person, registration, translate } from '../support/site-pages.ts';

const everyPage = LANGUAGE_TAGS.flatMap((language) =>
  Object.entries(pages(language)).map(([name, page]) => ({ language, name, page })),
);
const SITE = 'https://forum.example.org';
const all = (page: string, pattern: RegExp): string[] => [...page.matchAll(pattern)].map(([, found = '']) => found);
const ids = (page: string): string[] => all(page, /\sid="([^"]*)"/g);
const titleOf = (page: string): string => all(page, /<title>(.*?)<\/title>/g)[0] ?? '';

describe.each(everyPage)('$name in $language', ({ language, page }) => {
  it('has no id twice, and every reference to an id resolves', () => {
    const known = ids(page);
    expect(known).toEqual([...new Set(known)]);
    const referred = all(page, /\s(?:for|aria-describedby|aria-labelledby)="([^"]*)"/g).flatMap((list) =>
      list.split(' '),
    );
    const linked = all(page, /\shref="#([^"]*)"/g);
    expect([...referred, ...linked].filter((id) => !known.includes(id))).toEqual([]);
  });

  it('ties every control to a label', () => {
    const outside = page.replace(/<label>(?:(?!<\/label>).)*<\/label>/gs, '');
    const controls = all(outside, /<(?:input(?! type="hidden")|select|textarea)\s([^>]*)>/g);
    const labelled = all(page, /<label for="([^"]*)"/g);
    expect(controls.filter((control) => !labelled.includes(all(control, /\bid="([^"]*)"/g)[0] ?? ''))).toEqual([]);
  });

  it('says its language, has one first heading, and nothing that the content security policy forbids', () => {
    expect(page).toMatch(new RegExp(`^<!doctype html>\\s*<html lang="${language}">`));
    expect(all(page, /<(h1)>/g)).toHaveLength(1);
    // A block of data is run by no browser.
    const run = page.replaceAll('<script type="application/ld+json">', '');
    expect(run).not.toMatch(/\sstyle=|\son[a-z]+=|<style|<script(?! src="\/)|javascript:/);
    expect(page).not.toMatch(/undefined|\[object/);
  });
});

describe('personal pages', () => {
  it.each(['cancel', 'cancel-young', 'online-instead'])('%s says in its title what it asks', (name) => {
    const page = pages('en')[name] ?? '';
    expect(titleOf(page)).toContain(all(page, /<h1>(.*?)<\/h1>/g)[0]);
  });

  it.each(['thanks', 'manage', 'join-open'])('AU4: %s has a title without a name, and is never listed', (name) => {
    const page = pages('en')[name] ?? '';
    expect(titleOf(page)).not.toMatch(/Sokha|Sample|Telecom|@/);
    expect(page).toContain('<meta name="robots" content="noindex">');
  });
});

describe('the page of a registration', () => {
  const { venue, title } = forum('en');
  const mainOf = (name: string): string => (pages('en')[name] ?? '').replace(/<header>.*<\/header>/s, '');
  const online = mainOf('manage');
  const inPerson = mainOf('manage-in-person');

  it('tells who attends online how to join, before the ticket, and never to come', () => {
    expect(online.indexOf('Join online')).toBeLessThan(online.indexOf('Your ticket'));
    expect(online).not.toContain(venue.name);
    expect(online).not.toContain('at the entrance');
  });

  it.each(LANGUAGE_TAGS)(
    'offers nothing in %s, once the event is over, that is refused then or leads nowhere',
    (language) => {
      const linksOf = (page: string) => all(page, /\shref="\/[mj]\/[\w.-]+\/([\w.-]+)/g);
      const { manage = '', 'manage-afterwards': over = '' } = pages(language);
      expect(linksOf(manage)).toEqual(expect.arrayContaining(['amend', 'calendar.ics', 'care', 'letter', 'opening']));
      expect(linksOf(over)).toEqual(['feedback', 'certificate']);
      const pressed = all(over, /name="action" value="([\w-]+)"/g);
      for (const action of ['cancel', 'prove']) expect(pressed).not.toContain(action);
      const t = translate(language);
      expect(pages(language)['manage-cancelled']).toContain(t('manage.again'));
      expect(pages(language)['manage-cancelled-afterwards']).not.toContain(t('manage.again'));
      expect(over).toContain(t('manage.ended'));
      expect(over).not.toContain(t('manage.status.confirmed.next'));
      for (const mode of ['in-person', 'online'] as const) expect(over).not.toContain(t(`manage.ticket.${mode}`));
    },
  );

  it.each(LANGUAGE_TAGS)(
    'says in %s of a form with one field alone that nothing was sent, not that the rest is still here',
    (language) => {
      const t = translate(language);
      const { 'find-refused': refused = '', 'find-in-doubt': inDoubt = '' } = everyPageOf(language);
      for (const page of [refused, inDoubt]) {
        expect(page).toContain(t('errors.unsent'));
        expect(page).not.toContain(t('errors.kept'));
      }
    },
  );

  it('tells who comes where to, and to show the ticket there', () => {
    expect(inPerson).toContain(venue.name);
    expect(inPerson).toContain('at the entrance');
  });

  it('says what cancelling takes from who came already', () => {
    expect(inPerson).toContain('no certificate, even for someone who came already');
    const { certificate: _, ...without } = forum('en');
    expect(pageMakers('en', without).manage({})).toContain('your seat goes to someone else');
    expect(pageMakers('en', without).manage({})).not.toContain('no certificate');
  });

  it('speaks of chaperones as long as there is something to look after', () => {
    const about = { event: forum('en'), language: 'en', t: translate('en'), path: '/m/x' };
    const young = registration({ ageBand: 'minor', mode: 'in-person', chaperone: 'sought' });
    const adult = registration({ mode: 'in-person', chaperoning: { state: 'accepted', minors: 1 } });
    for (const [of, words] of [
      [young, 'Who looks after you?'],
      [adult, 'Stop looking after them'],
    ] as const) {
      expect(managePage({ ...about, registration: of })).toContain(words);
      expect(managePage({ ...about, registration: of, hasEnded: true })).not.toContain(words);
    }
  });

  it('leads someone under 18 to have everything deleted, in words that hold before the event and after it', () => {
    const of = { event: forum('en'), language: 'en', t: translate('en'), path: '/m/x' };
    const young = registration({ ageBand: 'minor' });
    expect(managePage({ ...of, registration: young })).toContain('<summary>I do not want to take part</summary>');
    expect(managePage({ ...of, registration: young, hasEnded: true })).toContain('<summary>Erase my data</summary>');
  });

  it('lists sessions of those alone who come, or may still come', () => {
    const about = { event: forum('en'), language: 'en', t: translate('en'), path: '/m/x' };
    const shown = (status: 'confirmed' | 'waitlisted' | 'cancelled' | 'declined') =>
      managePage({ ...about, registration: registration({ status, sessions: ['industry-first-steps'] }) });
    for (const status of ['confirmed', 'waitlisted'] as const) expect(shown(status)).toContain('Your sessions');
    for (const status of ['cancelled', 'declined'] as const) expect(shown(status)).not.toContain('Your sessions');
  });

  it.each(['manage', 'manage-in-person', 'manage-waitlisted', 'manage-cancelled'])('%s names the time zone', (name) => {
    expect(mainOf(name)).toContain('UTC+7');
  });

  it('CS7: shows on the ticket that someone is not to be in photos, and nothing of a yes', () => {
    const ticketOf = (consents: Record<string, string>): string => {
      const of = registration({ mode: 'in-person', ageBand: 'minor', consents });
      const page = managePage({
        event: forum('en'),
        language: 'en',
        t: translate('en'),
        path: '/m/x',
        registration: of,
      });
      return page.slice(page.indexOf('<section class="ticket"'), page.indexOf('</section>'));
    };
    expect(ticketOf({})).toContain('Photos and recordings: No');
    expect(ticketOf({ 'photo-recording': '2027-1' })).not.toContain('Photos and recordings');
  });

  it('shows the code to type as mail does', () => {
    expect(online).toContain('0123-4567-89AB-CDEF-GHJK');
  });

  it.each(['manage-event-cancelled-afterwards', 'manage-cancelled-afterwards'])('%s leads to feedback', (name) => {
    expect(mainOf(name)).toMatch(/href="\/m\/[^"]*\/feedback\?lang=en"/);
    expect(mainOf(name)).toContain('data-feedback="sample-feedback-token"');
  });

  it.each([
    ['country', 'KH', 'en', 'Cambodia'],
    ['country', 'KH', 'km', 'កម្ពុជា'],
    // The question was one for a text when it was answered.
    ['country', 'By the river', 'en', 'By the river'],
    ['choice', 'by-air', 'en', 'By air'],
    ['multi-choice', ['by-air', 'on-foot'], 'en', 'By air, on-foot'],
    ['yes-no', false, 'en', 'No'],
    ['number', 3, 'en', '3'],
  ] as const)('shows an answer of type %s, %j, as people read it: %s, %s', (type, answer, language, shown) => {
    const options = [{ id: 'by-air', title: 'By air' }];
    const asked = { id: 'how', type, title: 'How do you come?', required: false, options };
    const page = managePage({
      event: { ...forum(language), questions: [asked] },
      language,
      t: translate(language),
      path: '/m/x',
      registration: registration({ answers: { how: answer } }),
    });
    expect(page).toContain(`<dt>How do you come?</dt><dd>${shown}</dd>`);
  });

  it('says what was given up by cancelling, and leads back', () => {
    const cancelled = mainOf('manage-cancelled');
    expect(mainOf('manage-undo')).toMatch(/<a href="[^"]*">Register again/);
    expect(cancelled).toContain(`given up your place at “${title}”`);
    expect(cancelled).toMatch(/class="button" href="[^"]*\/register\?lang=en"/);
  });
});

describe('whoever may register again', () => {
  const pageOf = (changes: Parameters<typeof registration>[0]): string =>
    managePage({
      event: forum('en'),
      language: 'en',
      t: translate('en'),
      path: '/m/x',
      registration: registration({ status: 'declined', ...changes }),
    });

  it('is promised a seat only where nobody has to decide first', () => {
    expect(pageOf({ category: 'ngo' })).toContain('You then get a seat if one is free');
    for (const decided of [{ category: 'media' }, { category: 'member-state', closedSessions: true }]) {
      const page = pageOf(decided);
      expect(page).toContain('The organisers then decide anew');
      expect(page).not.toContain('You then get a seat');
    }
  });
});

describe('the form for the rest of the answers of someone under 18', () => {
  it('CS21: asks for their school, and says so where it is missing', () => {
    const refused = pages('en')['complete-refused'] ?? '';
    const summary = refused.slice(refused.indexOf('class="errors"'), refused.indexOf('<h1>'));
    expect(summary).toContain('School, group or organisation');
    expect(summary).not.toContain('delegation');
    expect(refused).not.toMatch(/name="(?:position|honorific|nativeName)"/);
  });

  it('CS21: calls nobody by two names in Khmer', () => {
    const own = ['manage-guardian-asked', 'manage-guardian-agreed', 'manage-young-chaperone', 'manage-paper-awaited'];
    const forms = ['complete', 'complete-refused', 'change-guardian', 'change-guardian-code', 'young-form-guarded'];
    for (const name of [...forms, ...own]) {
      const page = pages('km')[name] ?? '';
      // The event's own words are its organisers'.
      const { questions, modes } = forum('km');
      const theirs = [...questions, ...modes].flatMap(({ title, hint = '' }) => [hint, title]);
      const ours = theirs.reduce((left, text) => left.replaceAll(text, ''), page);
      expect(ours.slice(ours.indexOf('<main'), ours.indexOf('</main>')), name).not.toContain('លោកអ្នក');
    }
  });
});

describe('how long a decision usually takes', () => {
  const [event, t] = [{ ...forum('en'), approval: { expectedDays: 9 } }, translate('en')];
  const common = { event, language: 'en', t, path: '/thanks', email: 'a@example.org', sender: 'forum@example.org' };

  it('is said after the form where anyone may have to wait for one, and not to children', () => {
    expect(thanksPage(common)).toContain('the organisers usually decide within 9 days');
    const categories = event.categories.map(({ approval: _, ...category }) => category);
    const free = { ...event, categories, sessions: [] };
    for (const other of [
      { ...common, event: free },
      { ...common, asked: 'young' as const },
    ]) {
      expect(thanksPage(other)).not.toContain('decide within');
    }
  });

  it('is said on the page of whoever waits, and of nobody else', () => {
    const shown = (status: 'pending-approval' | 'confirmed') =>
      managePage({ event, language: 'en', t, path: '/m/x', registration: registration({ status }) });
    expect(shown('pending-approval')).toContain('They usually decide within 9 days.');
    expect(shown('confirmed')).not.toContain('decide within');
  });
});

describe('AB9: hostile values', () => {
  const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'';
  const t = translate('en');
  const common = { event: forum('en'), language: 'en', t, path: '/e/x/register' };
  const clean = (page: string): void => {
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<img');
  };

  it('stay text in a form that comes back', () => {
    const names = [...Object.keys(FILLED), 'honorific', 'badgeName', 'nativeName', 'answers.panelQuestion', HOSTILE];
    const values = Object.fromEntries(names.map((name) => [name, [HOSTILE]]));
    const wrong = { code: 'too-long', message: HOSTILE } as const;
    const problems = [...names.map((path) => ({ path, ...wrong })), { path: '__proto__', ...wrong }];
    clean(registerPage({ ...common, values, problems }));
  });

  it('stay text on the thanks page and the page of a registration', () => {
    clean(thanksPage({ ...common, email: HOSTILE, sender: HOSTILE }));
    const typed = { fullName: HOSTILE, badgeName: HOSTILE, organisation: HOSTILE, position: HOSTILE, email: HOSTILE };
    const answers = { companySize: HOSTILE, interpretation: [HOSTILE], panelQuestion: HOSTILE };
    clean(managePage({ ...common, registration: registration({ ...typed, answers, country: 'ZZ' }) }));
  });

  it('stay text where an organiser wrote them', () => {
    const event = { ...forum('en'), title: HOSTILE, tagline: HOSTILE, host: HOSTILE };
    clean(eventPage({ ...common, siteUrl: SITE, event, registration: 'open' }));
  });

  it('find nothing that every object has', () => {
    const page = registerPage({ ...common, values: {}, problems: [] });
    expect(
      registerPage({ ...common, values: JSON.parse('{"__proto__":{"email":["x@example.org"]}}'), problems: [] }),
    ).toBe(page);
  });
});

describe('the page of a person of a delegation', () => {
  it('promises no decision, and no seat, once the event is over', () => {
    for (const [state, words] of [
      ['pending-approval', 'They usually decide'],
      ['waitlisted', 'Seats that become free'],
    ] as const) {
      expect(person('en', { state })).toContain(words);
      expect(person('en', { state, hasEnded: true })).not.toContain(words);
    }
  });
});

describe('the page of an event', () => {
  it('names no venue where nobody comes in person', () => {
    const about = { language: 'en', t: translate('en'), siteUrl: SITE, registration: 'open' } as const;
    const event = forum('en');
    const online = { ...event, modes: event.modes.filter(({ id }) => id === 'online') };
    expect(eventPage({ ...about, event })).toContain(`<p>${event.venue.name}</p>`);
    expect(eventPage({ ...about, event: online })).not.toContain(event.venue.name);
  });

  const page = pages('en')['event'] ?? '';

  it('leads to the form before all that there is to read, and after it', () => {
    const links = [...page.matchAll(/class="button" href="\/e\/asean-ict-forum\/register/g)].map(({ index }) => index);
    expect(links).toHaveLength(2);
    expect(links[0]).toBeLessThan(page.indexOf('<dl'));
    expect(links[1]).toBeGreaterThan(page.lastIndexOf('<ul'));
  });

  it('has no heading twice, and the groups under the one that says who should attend', () => {
    const headings = all(page, /<(?:h2|dt)>([^<]*)</g);
    expect(headings).toEqual([...new Set(headings)]);
    expect(headings).toContain('Who should attend?');
    expect(headings).not.toContain('Who can register');
    const event = { ...forum('en'), about: [] };
    expect(eventPage({ event, language: 'en', t: translate('en'), siteUrl: SITE, registration: 'open' })).toContain(
      'Who can register',
    );
  });
});

describe('CS17: whom to tell who worries about a child', () => {
  const { safeguarding } = forum('en');
  const others = Object.entries(pages('en')).filter(([name]) => !/^problem|^form/.test(name));

  it.each(others)('is named at the foot of %s', (_, page) => {
    const foot = page.slice(page.indexOf('<footer>'));
    expect(foot).toContain(`href="mailto:${safeguarding?.email}"`);
    expect(foot).toContain(safeguarding?.phone);
    for (const name of ['privacy', 'young-people', 'accessibility']) expect(foot).toContain(`/${name}?lang=en`);
  });

  it('is nobody where the event names nobody', () => {
    const { safeguarding: _, ...event } = forum('en');
    const page = youngPeoplePage({ event, language: 'en', t: translate('en'), words: noticeWords('en'), path: '/' });
    expect(page).not.toContain('Worried');
    expect(page).toContain('Call the police');
  });
});

describe('CS21: the notice for children', () => {
  const text = (pages('en')['young-people'] ?? '').replace(/^[\s\S]*<main/, '<main').replace(/<footer>[\s\S]*$/, '');
  const sentences = text
    .replace(/<a [^>]*>[^<]*<\/a>/g, '')
    .replace(/<[^>]+>/g, '\n')
    .split(/[.?!:](?:\s|$)|\n/)
    .filter((each) => each.trim() !== '');

  it('has short sentences of short words', () => {
    const words = sentences.flatMap((each) => each.trim().split(/\s+/));
    expect(words.length / sentences.length).toBeLessThan(12);
    expect(words.join('').length / words.length).toBeLessThan(5);
    for (const sentence of sentences) expect(sentence.trim().split(/\s+/).length, sentence).toBeLessThan(26);
  });

  it('says who sees the data, why an adult agrees, how to say no, and whom to talk to', () => {
    for (const heading of ['Who sees', 'Why does an adult', 'say no', 'talk to', 'How long'])
      expect(text).toContain(heading);
  });
});

describe('a problem with a known event', () => {
  it('leads back to the event, in any language', () => {
    const page = problemPage(new ProblemError('minors-later', { eventId: 'forum' }), 'km', '/e/forum/register', 'id');
    expect(page).toContain('href="/e/forum?lang=km"');
    expect(page).toContain('href="/e/forum?lang=en" lang="en"');
    expect(page).not.toContain('href="/m/');
    expect(page).not.toContain('<code>');
  });

  it('shows by which id the log finds it, where only a person can help', () => {
    expect(problemPage(new ProblemError('internal'), 'en', '/e/forum', 'aBc=')).toContain(
      'Reference: <code>aBc=</code>',
    );
  });

  it('leads whoever has a registration to its page, unless their link is not theirs any more', () => {
    const answer = (type: 'event-cancelled' | 'link-replaced') =>
      problemPage(new ProblemError(type, { eventId: 'forum' }), 'km', '/m/forum.7K3M9QX2BC.AAAA/amend', 'id');
    expect(answer('event-cancelled')).toContain('href="/m/forum.7K3M9QX2BC.AAAA?lang=km"');
    expect(answer('event-cancelled')).toContain('href="/e/forum?lang=km"');
    expect(answer('link-replaced')).not.toContain('href="/m/');
  });
});

describe('nothing at an address', () => {
  it('leads to the event that the site is for, in any language, and says nothing of the address', () => {
    const page = problemPage(new ProblemError('not-found'), 'km', undefined, 'id');
    expect(page).toContain('lang="km"');
    expect(page).toContain('href="/?lang=km"');
    expect(page).toContain('href="/?lang=en" lang="en"');
  });

  it.each([
    ['unknown-event', '/e/none/register', '/'],
    ['not-found', '/f/forum/session-none', '/e/forum'],
    ['link-not-valid', '/d/nothing', '/'],
  ] as const)('of %s at %s leads to %s', (type, path, on) => {
    expect(problemPage(new ProblemError(type), 'km', path, 'id')).toContain(`<p><a href="${on}?lang=km">`);
  });
});

describe('a refused form', () => {
  const page = pages('en')['form-refused'] ?? '';

  it('keeps everything that was typed', () => {
    expect(page).toContain('value="sokha@example.org"');
    expect(page).toContain('<option value=KH selected>');
    for (const chosen of ['adult', 'private-sector', 'large', 'khmer', 'lao', 'online', 'day-1']) {
      expect(page).toMatch(new RegExp(`value="${chosen}"[^>]* checked`));
    }
  });

  it('lists the problems in the order of the form, and those without a field last', () => {
    const summary = page.slice(page.indexOf('class="errors"'), page.indexOf('<h1>'));
    expect(all(summary, /href="#([^"]*)"/g)).toEqual([
      'email',
      'fullName',
      'answers-companyReach',
      'days',
      'consents-code-of-conduct',
    ]);
    expect(summary).toMatch(/<li>stranger – [^<]*<\/li><\/ul>/);
    expect(titleOf(page)).toMatch(/^Error: /);
  });

  it('says in every line of the list which field it means', () => {
    const lines = all(page, /<li><a href="#[^"]*">([^<]*)<\/a>/g);
    expect(lines).toContain('Enter your full name.');
    expect(lines).toContain('“Where does your company offer its services?” needs an answer.');
    expect(page).toContain('<b>Error:</b> Enter your full name.');
    expect(pages('en')['young-form-refused']).toContain('“Email address of the young person” needs an answer.');
  });

  it('ticks no consent by itself, nor for another version', () => {
    const event = forum('en');
    const of = (values: Record<string, string[]>): string =>
      registerPage({ event, language: 'en', t: translate('en'), path: '/', values, problems: [] });
    const ticked = /name="consents\.code-of-conduct"[^>]* checked/;
    expect(of({})).not.toMatch(ticked);
    expect(of({ 'consents.code-of-conduct': ['2026-9'] })).not.toMatch(ticked);
    expect(of({ 'consents.code-of-conduct': [event.consents[0]?.version ?? ''] })).toMatch(ticked);
  });
});

describe('an event on both sides of a change of clocks', () => {
  const clocks = {
    ...forum('en'),
    timeZone: 'Europe/Berlin',
    days: forum('en').days.map((day, index) => ({ ...day, date: `2027-10-3${index}` })),
  };
  const said = (language: string): string => {
    const shown = { event: { ...clocks, languages: ['en', 'km'] }, language, t: translate(language) };
    return eventPage({ ...shown, siteUrl: SITE, registration: 'open' }).replaceAll('\u200B', '');
  };

  it('names the zone of each side, once for the days and once for the programme', () => {
    expect(said('en').split('CEST (UTC+2); CET (UTC+1) from 31 October')).toHaveLength(3);
    expect(said('km').split('ម៉ោងនៅ អាល្លឺម៉ង់ (UTC+1) ចាប់ពីថ្ងៃទី31 ខែតុលា')).toHaveLength(3);
  });

  it('names it at the instant at which registration closes', () => {
    const closing = { ...clocks, registration: { ...clocks.registration, closesAt: '2027-03-28T00:59:00Z' } };
    const page = eventPage({ event: closing, language: 'en', t: translate('en'), siteUrl: SITE, registration: 'open' });
    expect(page).toContain('28 March 2027 at 01:59 (CET, UTC+1)');
  });
});

describe('a link that is shared', () => {
  const shared = (page: string): Record<string, string[]> => {
    const said: Record<string, string[]> = {};
    for (const [, property = '', content = ''] of page.matchAll(
      /<meta (?:name|property)="([^"]*)" content="([^"]*)">/g,
    )) {
      said[property] = [...(said[property] ?? []), content];
    }
    return said;
  };
  const { title, tagline } = forum('en');

  it('to the event says what, in which languages, and has a picture', () => {
    expect(shared(pages('en')['event'] ?? '')).toMatchObject({
      description: [tagline],
      'og:type': ['website'],
      'og:title': [title],
      'og:description': [tagline],
      'og:url': [`${SITE}/e/asean-ict-forum?lang=en`],
      'og:image': [`${SITE}/assets/preview.png`],
      'og:image:width': ['1200'],
      'og:image:height': ['630'],
      'og:locale': ['en_GB'],
      'og:locale:alternate': ['km_KH'],
      'twitter:card': ['summary_large_image'],
    });
    expect(shared(pages('km')['event'] ?? '')).toMatchObject({
      'og:locale': ['km_KH'],
      'og:locale:alternate': ['en_GB'],
    });
  });

  it('to the form names the form, and never the invitation code that its address may bring', () => {
    const { event, language, t } = { event: forum('en'), language: 'en', t: translate('en') };
    const path = `/e/${event.id}/register`;
    const values = { invitation: ['SECRET-CODE'] };
    const said = shared(registerPage({ event, language, t, sharing: sharingOf(SITE), path, values, problems: [] }));
    expect(said['og:title']).toEqual([`Register - ${title}`]);
    expect(said['og:url']).toEqual([`${SITE}${path}?lang=en`]);
    expect(JSON.stringify(said)).not.toContain('SECRET');
  });

  it('AU4: shows of a personal page its neutral title alone, and the page is never listed', () => {
    const own = everyPage.filter(({ page }) => page.includes('content="noindex"'));
    expect(own.length).toBeGreaterThan(100);
    for (const { name, page } of own) {
      expect(Object.keys(shared(page)), name).toEqual(['viewport', 'robots']);
      expect(page, name).not.toContain('ld+json');
    }
    // And there is nothing between.
    const others = everyPage.filter(({ page }) => !own.some((each) => each.page === page));
    for (const { name, page } of others) expect(shared(page)['og:title'], name).toHaveLength(1);
  });

  it('has a picture of the size that it says, which every network shows', async () => {
    const png = Buffer.from((await siteAssets()).get('/assets/preview.png') ?? []);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
    expect(png.length).toBeLessThan(60_000);
  });
});

describe('what the page of an event says to programs (schema.org)', () => {
  const written = (changes: object = {}, registration: 'not-open' | 'open' | 'closed' = 'open', language = 'en') => {
    const event = { ...forum(language), ...changes };
    const page = eventPage({ event, language, t: translate(language), siteUrl: SITE, registration });
    const blocks = all(page, /<script type="application\/ld\+json">(.*?)<\/script>/gs);
    expect(blocks).toHaveLength(1);
    return { event, said: JSON.parse(blocks[0] ?? '') };
  };
  const ONLINE = [{ id: 'online', title: 'Online' }];
  const ROOM = [{ id: 'in-person', title: 'In person' }];

  it.each([
    ['as it is announced', {}, 'EventScheduled', 'Mixed', ['Place', 'VirtualLocation']],
    ['cancelled', { status: 'cancelled' }, 'EventCancelled', 'Mixed', ['Place', 'VirtualLocation']],
    ['postponed', { status: 'postponed' }, 'EventPostponed', 'Mixed', ['Place', 'VirtualLocation']],
    ['moved online', { status: 'moved-online' }, 'EventMovedOnline', 'Online', ['VirtualLocation']],
    ['without a place', { modes: ONLINE }, 'EventScheduled', 'Online', ['VirtualLocation']],
    ['in a room alone', { modes: ROOM }, 'EventScheduled', 'Offline', ['Place']],
  ])('an event %s', (_, changes, status, mode, places) => {
    const { event, said } = written(changes);
    expect(said).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Event',
      name: event.title,
      description: event.tagline,
      inLanguage: 'en',
      url: `${SITE}/e/${event.id}?lang=en`,
      image: [`${SITE}/assets/preview.png`],
      startDate: '2027-11-02T08:00+07:00',
      endDate: '2027-11-03T17:00+07:00',
      eventStatus: `https://schema.org/${status}`,
      eventAttendanceMode: `https://schema.org/${mode}EventAttendanceMode`,
      organizer: { '@type': 'Organization', name: event.host },
      isAccessibleForFree: true,
    });
    expect(said.location.map((each: { '@type': string }) => each['@type'])).toEqual(places);
    for (const place of said.location) {
      // What each of them has to have.
      if (place['@type'] === 'VirtualLocation') expect(place.url).toBe(said.url);
      else expect(place).toMatchObject({ name: event.venue.name, address: { addressCountry: 'KH' } });
    }
  });

  it('offers a place for nothing while registration is open or has a date, and none once it is over', () => {
    const offer = { price: 0, url: `${SITE}/e/asean-ict-forum/register?lang=en` };
    expect(written().said.offers).toMatchObject(offer);
    expect(written({}, 'not-open').said.offers).toMatchObject(offer);
    expect(
      written({ registration: { ...forum('en').registration, closed: true } }, 'not-open').said.offers,
    ).toBeUndefined();
    expect(written({}, 'closed').said.offers).toBeUndefined();
    expect(written({}, 'open', 'km').said).toMatchObject({ inLanguage: 'km', name: forum('km').title });
  });

  it('cannot be ended or left by what an organiser wrote, and tells no address of a meeting', () => {
    const title = '</script><script>alert(1)</script><!--';
    const { said } = written({ title });
    expect(said.name).toBe(title);
    const sessions = forum('en').sessions.map((each) => ({ ...each, meetingUrl: 'https://meet.example.org/secret' }));
    expect(JSON.stringify(written({ sessions }).said)).not.toContain('meet.example.org');
  });
});

describe('what else an attendee comes for', () => {
  const top = (page: string): string => page.slice(page.indexOf('<main'), page.search(/<dl|<form/));

  it.each(['en', 'km'])('is offered at the top of the event and of the form, in %s', (language) => {
    for (const name of ['event', 'form']) {
      const page = top(pages(language as 'en')[name] ?? '');
      expect(page).toContain(`href="/e/asean-ict-forum/delegation?lang=${language}"`);
      expect(page).toContain(`href="/e/asean-ict-forum/find?lang=${language}"`);
    }
  });

  it('is a registration to be found, where no delegation can be registered', () => {
    for (const name of ['event-not-open', 'event-closed', 'event-cancelled', 'event-postponed']) {
      const page = pages('en')[name] ?? '';
      expect(top(page)).not.toContain('/delegation');
      expect(top(page)).toContain('href="/e/asean-ict-forum/find?lang=en"');
      // Whoever lost the link of theirs finds it at the end, while people change most.
      expect(page.includes('/delegation')).toBe(name !== 'event-not-open');
    }
  });
});

describe.each(LANGUAGE_TAGS)('CI16: a page of a rehearsal, in %s', (language) => {
  const t = translate(language);
  const rehearsal = pageMakers(language, { ...forum(language), rehearsal: true });
  const real = pageMakers(language);
  const STRIP = `<p class="rehearsal">${t('layout.rehearsal')}</p>`;

  it('says so before all else, is in no search engine, and looks like no event where it is shared', () => {
    const { common, ...made } = rehearsal;
    const page = eventPage({ ...common, registration: 'open' });
    for (const each of [page, made.form(), made.thanks(), made.manage(), made.amend(), made.report(), made.letter()]) {
      expect(each).toContain(`<header>${STRIP}`);
      expect(each).toContain('<meta name="robots" content="noindex">');
      expect(each).not.toContain('og:title');
    }
    expect(eventPage({ ...real.common, registration: 'open' })).not.toMatch(/rehearsal|noindex/);
  });

  it('says so on the ticket, which is shown and printed alone', () => {
    const word = `<p class="rehearsal">${t('rehearsal')}</p>`;
    expect(rehearsal.manage()).toMatch(new RegExp(`<section class="ticket"[^>]*>\\n<h2[^>]*>[^<]*</h2>\\n${word}`));
    expect(real.manage()).not.toContain('rehearsal');
  });

  it.each(['valid', 'rehearsal'] as const)('says of a certificate whether it certifies anything: %s', (kind) => {
    const { event } = rehearsal.common;
    const verdict = { kind, fullName: 'Dara', event: event.title };
    const page = verifyPage({ event, language, t, path: '/e/x/verify', typed: '', verdict });
    expect(page).toContain(`<h1>${t(`certificate.check.${kind}`)}</h1>`);
    expect(page).toContain(t(`certificate.check.${kind}.compare`));
  });
});
