import { describe, expect, it } from 'vitest';
import { questionsFor } from '../../shared/feedback/answer/answers.ts';
import { EVENT_FORM, type FeedbackForm, formsOf } from '../../shared/feedback/form/form.ts';
import { type FeedbackPage, feedbackPage, formTitle, ownFormTitle } from '../../web/site/feedback/feedback-page.ts';
import { type MyFeedbackPage, myFeedbackPage } from '../../web/site/feedback/my-feedback-page.ts';
import { forum, pages, translate } from '../support/site-pages.ts';

const event = forum('en');
const t = translate('en');
const common = { event, language: 'en', t };
const forms = formsOf(event);
const [session] = forms as [FeedbackForm<string>];
const whole = forms.find(({ id }) => id === EVENT_FORM) as FeedbackForm<string>;
const PROOF = { token: 'A'.repeat(43), signature: 'B'.repeat(342), mode: 'online', category: 'other' };

const pageOf = (of: Partial<FeedbackPage> = {}): string =>
  feedbackPage({ ...common, form: session, path: '/f/forum/session-opening', values: {}, problems: [], ...of });
const mainOf = (page: string): string => page.slice(page.indexOf('<main'), page.indexOf('</main>'));

const OWN = '/m/sample/feedback/session-opening';

describe('the form that people answer', () => {
  it('says before the button that nothing can be taken back, who reads it, and to name nobody', () => {
    const before = mainOf(pageOf()).split('<button')[0] ?? '';
    for (const key of ['anonymous', 'beside', 'for-good', 'this-browser', 'words'] as const)
      expect(before).toContain(t(`feedback.${key}`));
  });

  it('asks for each rating with five radios whose ends are named, and for words with their limit', () => {
    const page = pageOf();
    const ratings = [...page.matchAll(/<input type="radio" name="answers\.useful" value="(\d)"/g)].map(
      ([, value]) => value,
    );
    expect(ratings).toEqual(['1', '2', '3', '4', '5']);
    expect(page).toMatch(/value="1"[^>]*>1<small>worst<\/small>/);
    expect(page).toMatch(/value="5"[^>]*>5<small>best<\/small>/);
    expect(page).toContain(t('feedback.up-to', { max: 400 }));
  });

  it('comes without a proof, which the script gets, and goes back with the one that it came with', () => {
    expect(pageOf()).toContain('<input type="hidden" name="token" value="">');
    expect(pageOf()).toContain('<noscript>');
    const again = pageOf({ proof: PROOF });
    for (const [name, value] of Object.entries(PROOF)) {
      expect(again).toContain(`<input type="hidden" name="${name}" value="${value}">`);
    }
    expect(again).not.toContain('<noscript>');
  });

  it('CS22: asks someone under 18 for nothing in words, and says so', () => {
    const questions = questionsFor(session.questions, { isYoung: true });
    const page = pageOf({ form: { ...session, questions }, isYoung: true });
    expect(page).not.toContain('<textarea');
    expect(page).not.toContain(t('feedback.words'));
    expect(page).toContain(`<li>${t('feedback.young')}</li>`);
  });

  it('FB2: says what it weakens where the server sees whose answers they are, and only there', () => {
    const weaker = t('feedback.seen-here.text');
    expect(pageOf({ ownPath: OWN })).toContain(weaker);
    expect(pageOf({ proof: PROOF })).not.toContain(weaker);
    expect(pageOf({ ownPath: OWN })).toContain(`action="${OWN}?lang=en"`);
    expect(pageOf({ ownPath: OWN })).not.toContain('name="token"');
    expect(pageOf({ ownPath: OWN })).not.toContain(t('feedback.this-browser'));
  });

  it('AB9: shows what was typed as text', () => {
    const hostile = '</textarea><script>alert(1)</script>"><img src=x>';
    const values = Object.fromEntries(session.questions.map(({ id }) => [`answers.${id}`, [hostile]]));
    const problems = [{ path: `answers.${hostile}`, code: 'unknown-field', message: hostile } as const];
    const page = pageOf({ values, problems, proof: { ...PROOF, mode: hostile } });
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<img');
  });

  it('is called after what it is about', () => {
    expect(formTitle(event, session, t)).toBe('Opening of the Forum');
    expect(formTitle(event, whole, t)).toBe('The whole event');
  });

  it('names no closed session to anybody who has its address', () => {
    const closed = forms.find(({ id }) => id === 'session-consultation') as FeedbackForm<string>;
    const { title = '' } = event.sessions.find(({ id }) => id === closed.session) ?? {};
    expect(pageOf({ form: closed })).not.toContain(title);
    expect(pageOf({ form: closed })).toContain('Feedback: A closed session');
    expect(ownFormTitle(event, closed, t)).toBe(title);
  });
});

const KEPT = { token: 'kept-token', name: '"><b>Sok & Co', until: 1_826_000_000_000 };

describe('the forms of whoever holds a link', () => {
  const mine = (of: MyFeedbackPage['forms']): string =>
    mainOf(myFeedbackPage({ ...common, path: '/m/secret.link/feedback', forms: of, feedback: KEPT }));
  const own = (change: Partial<MyFeedbackPage['forms'][number]>) =>
    ({ form: session, title: 'Sample', standing: 'open', attended: true, ...change }) as const;

  it('lead to what they attended, and to nothing else', () => {
    const page = mine([own({}), own({ form: whole, title: 'Not there', attended: false })]);
    expect(page).toContain(`href="/f/${event.id}/${session.id}?lang=en"`);
    expect(page).not.toContain('Not there');
    expect(page).toContain(t('feedback.mine.who'));
  });

  it('are a button each where no script runs, with what that weakens', () => {
    const without = /<noscript[^>]*>(.*?)<\/noscript>/s.exec(mine([own({})]))?.[1] ?? '';
    expect(without).toContain(`action="/m/secret.link/feedback/${session.id}?lang=en"`);
    expect(without).toContain(t('feedback.mine.by-server'));
  });

  it('say when they open, and which are closed, without a way there', () => {
    const page = mine([own({ standing: 'not-yet' }), own({ form: whole, title: 'Over', standing: 'closed' })]);
    expect(page).toContain('from Tuesday, 2 November 2027');
    expect(page).toContain('<li>Over</li>');
    expect(page).not.toContain('href="/f/');
    expect(page).not.toContain('<noscript');
  });

  it('have their token where the script finds it, and in no address', () => {
    const page = mine([own({})]);
    expect(page).toContain(`data-event="${event.id}" data-feedback="kept-token"`);
    expect(page.match(/kept-token/g)).toHaveLength(1);
    expect(page).toContain('data-until="1826000000000" data-name="&quot;&gt;&lt;b&gt;Sok &amp; Co"');
  });
});

it('thanks without a word of whose answers it was', () => {
  const page = mainOf(pages('en')['feedback-thanks'] ?? '');
  expect(page).toContain(t('feedback.thanks.with-others'));
  expect(page).not.toMatch(/<input|data-|token/);
});
