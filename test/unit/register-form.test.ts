import { describe, expect, it } from 'vitest';
import type { EventDefinition, Question } from '../../shared/event/event.ts';
import { PLACE_CODES } from '../../shared/kernel/text/countries.ts';
import { checkSubmission, type Submission } from '../../shared/registration/apply/submission.ts';
import { tablePage } from '../../web/site/delegation/people-page.ts';
import type { FieldProblem } from '../../web/site/kernel/form.ts';
import { registerPage, thanksPage } from '../../web/site/registration/register-page.ts';
import { submission } from '../support/forum.ts';
import { forum, translate } from '../support/site-pages.ts';

type Event = EventDefinition<string>;

const event = forum('en');
const [firstDay, secondDay] = event.days as [Event['days'][number], Event['days'][number]];
const session = (id: string, changes: Partial<Event['sessions'][number]> = {}): Event['sessions'][number] => ({
  id,
  title: `Title of ${id}`,
  day: firstDay.id,
  start: '09:00',
  end: '10:00',
  ...changes,
});

const form = (changes: Partial<Event> = {}, values: Record<string, string[]> = {}): string =>
  registerPage({
    event: { ...event, ...changes },
    language: 'en',
    t: translate('en'),
    path: '/',
    values,
    problems: [],
  });

/** The markup of what stands around a field's input. */
const fieldOf = (page: string, name: string): string =>
  page.split(/(?=<(?:div|fieldset) class="field)/).find((field) => field.includes(`name="${name}"`)) ?? '';

describe('sessions to sign up for', () => {
  const sessions = [
    session('open-to-all'),
    session('workshop', { signUp: true, room: 'Room 1' }),
    session('clinic', { signUp: true, day: secondDay.id }),
    session('secret', { audience: ['media'] }),
  ];

  it('stand in a group for each day, with their time and room', () => {
    const page = form({ sessions });
    expect([...page.matchAll(/ data-day="([^"]+)"/g)].map(([, day]) => day)).toEqual([firstDay.id, secondDay.id]);
    expect(page).toContain('Which sessions will you attend on Tuesday, 2 November 2027?');
    expect(page).toContain('Title of workshop<small>09:00 to 10:00, Room 1</small>');
    expect(page).not.toContain('Title of open-to-all');
  });

  it('never include closed ones: whose group has any is asked about all of them at once', () => {
    const page = form({ sessions });
    expect(page).not.toContain('Title of secret');
    expect(page).toMatch(/data-when="{&quot;category&quot;:\[&quot;media&quot;\]}"><p[^>]*>Only for: Media.<\/p>/);
    expect(fieldOf(page, 'closedSessions')).toContain('value="yes"');
    expect(form({ sessions: [] })).not.toContain('closedSessions');
  });

  it('are dropped where their day was not chosen', () => {
    const sent = submission({ sessions: ['workshop', 'clinic'], days: [secondDay.id] }) as Submission;
    const result = checkSubmission({ ...event, sessions, questions: [] }, sent);
    expect(result).toMatchObject({ application: { sessions: ['clinic'] } });
  });

  it('EV5: are one of two at the same time, unless people come and go in either, or had both before one was moved', () => {
    const at = (start: string, end: string, more = {}) => ({ signUp: true, start, end, ...more });
    const programme = [
      session('lab', at('09:00', '10:30')),
      session('clinic', at('10:00', '11:00')),
      session('next', at('10:30', '11:00')),
      session('tomorrow', at('09:00', '10:30', { day: secondDay.id })),
      session('exhibition', at('09:00', '11:00', { mayOverlap: true })),
    ];
    const outcome = (sessions: string[], had?: string[]) =>
      checkSubmission(
        { ...event, sessions: programme, questions: [] },
        submission({ sessions, days: [firstDay.id, secondDay.id] }) as Submission,
        'adult',
        had && { sessions: had },
      );
    const params = { one: 'Title of lab', other: 'Title of clinic' };
    const refused = { issues: [{ path: 'sessions', code: 'sessions-at-once', params }] };
    expect(outcome(['clinic', 'lab'])).toEqual(refused);
    expect(outcome(['lab', 'clinic'], ['lab'])).toEqual(refused);
    for (const [sessions, had] of [
      [['lab', 'next', 'tomorrow', 'exhibition']],
      [
        ['lab', 'clinic'],
        ['lab', 'clinic'],
      ],
    ] as [string[], string[]?][]) {
      expect(outcome(sessions, had)).toMatchObject({ application: { sessions } });
    }
  });

  it('EV5: say so on their day, to which the summary leads', () => {
    const late = { signUp: true, day: secondDay.id };
    const page = registerPage({
      event: { ...event, sessions: [session('lab', { signUp: true }), session('clinic', late), session('talk', late)] },
      ...{ language: 'en', t: translate('en'), path: '/' },
      values: { days: [firstDay.id, secondDay.id], sessions: ['lab', 'clinic', 'talk'] },
      problems: [{ path: 'sessions', code: 'sessions-at-once', message: 'Choose one of them' }],
    });
    const [, first = '', second = ''] = page.split(/(?=<fieldset[^>]* data-day=)/);
    expect([first, second].map((each) => each.includes('Choose one of them'))).toEqual([false, true]);
    expect([first, second].map((each) => / id="?sessions"?[ >]/.test(each))).toEqual([false, true]);
    expect(page).toMatch(/href="#sessions"/);
  });
});

describe('groups that need approval', () => {
  const categories = event.categories.map((each) => ({ ...each, approval: each.id === 'media' }));

  it('say so, and nobody else does', () => {
    const page = form({ categories });
    expect(page.match(/The organisers approve each registration of this group\./g)).toHaveLength(1);
    expect(page).toMatch(/value="media" aria-describedby="category-media-note"/);
  });

  it('bring the field for an invitation, as does a code in the address', () => {
    const plain = { categories: event.categories.map((each) => ({ ...each, approval: false })), sessions: [] };
    expect(form({ ...plain, categories })).toContain('name="invitation"');
    expect(form(plain)).not.toContain('name="invitation"');
    expect(form(plain, { invitation: ['CODE'] })).toMatch(/name="invitation"[^>]* value="CODE"/);
  });
});

describe('questions', () => {
  const ask = (question: Partial<Question<string>>): string =>
    fieldOf(form({ questions: [{ id: 'x', title: 'X', type: 'text', required: true, ...question }] }), 'answers.x');

  it.each([
    [{ type: 'phone' }, ' type="tel"'],
    [{ type: 'phone' }, ' autocomplete="tel"'],
    [{ type: 'email' }, ' type="email"'],
    [{ type: 'organisation' }, ' autocomplete="organization"'],
  ] as const)('%j have %s', (question, attribute) => expect(ask(question)).toContain(attribute));

  it('about a country offer every country', () => {
    expect(ask({ type: 'country' }).match(/<option value=\w\w>/g)).toHaveLength(PLACE_CODES.length);
  });

  it('about what to arrange say who reads the answer', () => {
    expect(ask({ care: true, hint: 'For your meals.' })).toContain(
      'For your meals. Only the people who arrange it see your answer.',
    );
    expect(ask({})).not.toContain('see your answer');
  });

  it('for some of the team say who they are, in either language, and name all who read', () => {
    const said = ask({ readers: ['protocol'], hint: 'For your flight.' });
    expect(said).toContain(
      'For your flight. Only owners, organisers, protocol, and others with this task see your answer.',
    );
    expect(ask({ type: 'long-text', max: 300, readers: ['communications'] })).toContain(
      'Up to 300 characters. Only communications see your answer.',
    );
    expect(ask({ readers: ['safeguarding', 'focal-point'] })).toContain(
      'Only approvers, safeguarding focal points, and others with this task see your answer.',
    );
    const asked = { id: 'x', title: 'X', type: 'text', required: true, readers: ['protocol'] } as const;
    const khmer = { ...forum('km'), questions: [asked] };
    const of = { event: khmer, language: 'km', t: translate('km'), path: '/', values: {}, problems: [] };
    expect(fieldOf(registerPage(of), 'answers.x')).toContain(
      'មានតែអ្នកទាំងនេះប៉ុណ្ណោះ ដែលឃើញចម្លើយនេះ៖ អ្នកទទួលខុសត្រូវ, អ្នករៀបចំ, ផ្នែកពិធីការ និង អ្នកដែលមានកិច្ចការនេះ។',
    );
    expect(ask({})).not.toContain('Only');
  });

  it.each([
    ['en', 'Flight<small>Only owners, organisers, protocol, and others with this task see your answer.'],
    ['km', 'Flight<small>មានតែអ្នកទាំងនេះប៉ុណ្ណោះ ដែលឃើញចម្លើយនេះ៖'],
  ])('say so too where a table has a column for them, in %s', (language, words) => {
    const asked = { id: 'flight', title: 'Flight', type: 'text', required: false } as const;
    const page = (changes: object): string =>
      tablePage({
        ...{ event: { ...forum(language), questions: [{ ...asked, ...changes }] }, language, t: translate(language) },
        ...{ path: '/', values: {}, problems: [] },
      });
    expect(page({ readers: ['protocol'] })).toContain(words);
    expect(page({})).not.toContain('Flight');
  });

  it('that have to be answered are marked for the script, and no others', () => {
    expect(ask({})).toContain('data-required');
    expect(ask({ required: false })).not.toContain('data-required');
  });
});

describe('the parts of the form', () => {
  const headings = (page: string): string[] =>
    [...page.matchAll(/<h2><small>([^<]*)<\/small> ([^<]*)/g)].map(([, step, title]) => `${step} ${title}`);

  it('are numbered, and one without questions is left out', () => {
    expect(headings(form())).toHaveLength(5);
    expect(headings(form({ questions: [] }))).toEqual([
      'Step 1 of 4 About you',
      'Step 2 of 4 Your group',
      'Step 3 of 4 How you will attend',
      'Step 4 of 4 Before you send',
    ]);
  });
});

describe('an error beside a field', () => {
  const said = (language: string, path: string, problem: Pick<FieldProblem, 'code' | 'message'>) => {
    const page = registerPage({
      event: forum(language),
      language,
      t: translate(language),
      path: '/',
      values: {},
      problems: [{ path, ...problem }],
    });
    const text = (of: string): string => of.replace(/<[^>]*>/g, '').trim();
    return {
      beside: text(page.match(/<p class="error"[^>]*><b>[^<]*<\/b> (.*?)<\/p>/)?.[1] ?? ''),
      summary: text(page.match(/<ul><li>(.*?)<\/li>/)?.[1] ?? ''),
    };
  };

  it.each([
    ['en', 'fullName', 'Enter your full name.'],
    ['km', 'fullName', 'សូមបំពេញឈ្មោះពេញ។'],
    ['en', 'ageBand', 'Say how old you are.'],
    ['en', 'country', 'Choose your country.'],
  ])('says what the summary says of what is missing: %s, %s', (language, path, words) => {
    const t = translate(language);
    const { beside, summary } = said(language, path, { code: 'required', message: t('field.required') });
    expect([beside, summary]).toEqual([words, words]);
  });

  it('says what the summary says below the label of the field, of what is wrong', () => {
    const message = translate('en')('field.too-long', { max: 100 });
    const { beside, summary } = said('en', 'fullName', { code: 'too-long', message });
    expect(beside).toBe('Please use at most 100 characters.');
    expect(summary).toBe(`Full name – ${beside}`);
  });
});

it.each([
  ['en', 'Your form has arrived: check your inbox'],
  ['km', 'ទម្រង់របស់លោកអ្នកបានមកដល់ហើយ៖ សូមពិនិត្យប្រអប់អ៊ីមែល'],
])('the thanks page says first that the form arrived: %s', (language, words) => {
  const sender = 'forum@example.org';
  const page = thanksPage({ event: forum(language), language, t: translate(language), path: '/', sender });
  expect(page).toContain(`<h1>${words}</h1>`);
  expect(page).toMatch(new RegExp(`<title>${words}`));
});

it.each([
  ['en', 'Country that you represent, or live in', 'Another place'],
  ['km', 'ប្រទេសដែលតំណាង ឬរស់នៅ', 'ទីកន្លែងផ្សេង'],
])('the form says which country it asks for, and offers another place last: %s', (language, label, last) => {
  const t = translate(language);
  const page = registerPage({ event: forum(language), language, t, path: '/', values: {}, problems: [] });
  const field = fieldOf(page, 'country');
  expect(field).toContain(`<label for="country">${label}</label>`);
  expect(field).toMatch(new RegExp(`<option value=ZZ>${last}</optgroup></select>`));
  expect(field).toContain(`<option value=MM>${language === 'en' ? 'Myanmar' : 'មីយ៉ាន់ម៉ា'}<`);
});
