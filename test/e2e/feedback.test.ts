import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { forum, translate } from '../support/site-pages.ts';
import { eventually } from './eventually.ts';
import { type Afterwards, startAfterwards } from './feedback.ts';
import { faultsOf, pressAt } from './views.ts';
import { type Registered, registerAdult, registerYoung } from './young.ts';

const DAY = 24 * 60 * 60 * 1000;
const OPEN = { opensAt: new Date(Date.now() - DAY).toISOString() };
const FORMS = ['opening', 'research-prevention', 'young-voices', 'industry-experience', 'industry-first-steps'];
const [OPENING, PREVENTION, VOICES, INDUSTRY, STEPS] = FORMS.map((session) => `session-${session}`) as [
  string,
  string,
  string,
  string,
  string,
];
const t = translate('en');

let after: Afterwards;
let hall: Registered;
let online: Registered;
let absent: Registered;
let young: Registered;
beforeAll(async () => {
  after = await startAfterwards();
  [hall, online, absent, young] = await Promise.all([
    registerAdult(after.site, 'Hall Sample', { badgeName: 'Hall Badge' }),
    registerAdult(after.site, 'Online Sample', { badgeName: 'Online Badge' }),
    registerAdult(after.site, 'Absent Sample'),
    registerYoung(after.site, 'Young Sample'),
  ]);
  await after.came(hall.email, 'day-day-1');
  await after.came(young.email, 'day-day-1');
  await after.came(online.email, OPENING, 'online');
  await after.set(
    Object.fromEntries([...FORMS.map((session) => `session-${session}`), 'event'].map((id) => [id, OPEN])),
  );
});
afterAll(() => after?.stop());
beforeEach(() => {
  after.wire.heard.length = 0;
  after.wire.loses = () => false;
});

/** A phone that has opened the page of someone's feedback, and then a form. */
async function phoneOf({ link }: Registered, form: string, language = 'en'): Promise<Page> {
  const page = await after.phone({ locale: language });
  await page.goto(after.onWire(`${link}/feedback?lang=${language}`));
  await openForm(page, form, language);
  return page;
}

async function openForm(page: Page, form: string, language = 'en'): Promise<void> {
  await page.goto(after.form(form, language));
}

const rate = (page: Page, question: string, rating: number): Promise<void> =>
  page.locator(`[name="answers.${question}"][value="${rating}"]`).check();
const press = (page: Page): Promise<void> => page.locator('button[data-sending]').click();
const note = (page: Page, name: string) => page.locator(`[data-note="${name}"]:visible`);
const thanked = (page: Page): Promise<void> => page.waitForURL('**/thanks?lang=*');
const headingIs = (page: Page, heading: string) => page.getByRole('heading', { level: 1, name: heading }).waitFor();
/** Requests about a form, oldest first: what they do, as the address says it. */
const heardOf = (form: string) =>
  after.wire.heard.filter(({ url }) => url.includes(`/${form}`) && !url.startsWith('/m/'));
const counted = async (form: string): Promise<number> =>
  (await after.answers()).filter(({ pk }) => String(pk).startsWith('SPENT#') && String(pk).endsWith(form)).length;

describe('whoever was in the room', () => {
  it('is asked on the phone, answers, and is thanked; what is sent comes from nobody', async () => {
    const page = await after.phone();
    await page.context().addCookies([{ name: 'who', value: 'hall', url: after.wire.url }]);
    await page.goto(after.onWire(`${hall.link}/feedback`));
    await page
      .getByRole('link', { name: forum('en').sessions.find(({ id }) => id === 'opening')?.title ?? '' })
      .click();
    await rate(page, 'useful', 4);
    await page.locator('[name="answers.comment"]').fill('More breaks, please.');
    await press(page);
    await thanked(page);
    await headingIs(page, t('feedback.thanks.title'));
    expect(await counted(OPENING)).toBe(1);

    const heard = heardOf(OPENING);
    const asBearer = heard.filter(({ headers }) => headers.authorization !== undefined);
    expect(asBearer.map(({ url }) => /(\w+)\?/.exec(url)?.[1])).toContain('tokens');
    expect(asBearer.every(({ headers }) => headers.cookie?.includes('who=hall'))).toBe(true);
    const anonymous = heard.filter(
      ({ method, url }) =>
        (method === 'POST' && url.startsWith('/f/')) || url.includes('/keys') || url.includes('/thanks'),
    );
    expect(anonymous).toHaveLength(3);
    const { reference } = hall;
    for (const { url, headers, body } of anonymous) {
      expect(headers.cookie, url).toBeUndefined();
      expect(headers.authorization, url).toBeUndefined();
      expect(headers.referer, url).toBeUndefined();
      expect(`${url} ${JSON.stringify(headers)} ${body}`).not.toContain(reference);
    }
    const known = new Set(
      after.wire.heard.filter(({ headers }) => headers.cookie !== undefined).map(({ connection }) => connection),
    );
    expect(anonymous.filter(({ connection }) => known.has(connection))).toEqual([]);
    // What was signed unseen is nowhere in what was sent, nor the other way round.
    const sent = new URLSearchParams(anonymous.find(({ method }) => method === 'POST')?.body);
    const issued = asBearer.find(({ url }) => url.includes('/tokens'))?.body ?? '';
    expect(sent.get('token')).toMatch(/^[\w-]{43}$/);
    expect(issued).not.toContain(sent.get('token'));
    expect(issued).not.toContain(sent.get('signature'));
  });

  it('finds that they have answered when they come back, and nothing by which to find their answers', async () => {
    const page = await phoneOf(hall, PREVENTION);
    await rate(page, 'useful', 3);
    await page.locator('button[data-sending]').evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    await thanked(page);
    expect(
      heardOf(PREVENTION)
        .filter(({ url }) => url.startsWith('/f/'))
        .map(({ method }) => method),
    ).toEqual(['GET', 'POST', 'GET']);
    const kept = await page.evaluate(() => Object.values(localStorage).join(' '));
    expect(kept).toContain('answered');
    expect(kept).not.toContain('inverse');
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    // The form is gone from the way back: there is the list, which knows.
    await page.goBack();
    await page.getByText(t('feedback.mine.answered')).waitFor();
    await openForm(page, PREVENTION);
    await note(page, 'answered').waitFor();
    expect(await page.locator('form').isVisible()).toBe(false);
    after.wire.heard.length = 0;
    await page.reload();
    await note(page, 'answered').waitFor();
    expect(heardOf(PREVENTION).map(({ url }) => url.split('?')[0])).toEqual([`/f/asean-ict-forum/${PREVENTION}`]);
  });

  it('is told what is missing in the form that they typed into, and counted once it is there', async () => {
    const page = await phoneOf(hall, VOICES);
    await page.locator('[name="answers.comment"]').fill('Worth coming for.');
    await press(page);
    await page.locator('.errors').waitFor();
    await page.locator('.errors:focus').waitFor();
    expect(await page.locator('[name="answers.comment"]').inputValue()).toBe('Worth coming for.');
    expect(await counted(VOICES)).toBe(0);
    await rate(page, 'useful', 5);
    await press(page);
    await thanked(page);
    expect(await counted(VOICES)).toBe(1);
  });

  it('is counted once when the answer is lost on its way back, and pressed twice in two tabs', async () => {
    const page = await phoneOf(hall, INDUSTRY);
    const other = await page.context().newPage();
    await openForm(other, INDUSTRY);
    await rate(page, 'useful', 2);
    await rate(other, 'useful', 1);
    // First what is signed is lost, then what is counted.
    after.wire.loses = ({ url }) => url.includes('/tokens');
    await press(page);
    await note(page, 'offline').waitFor();
    after.wire.loses = ({ method, url }) => method === 'POST' && url.startsWith('/f/');
    await press(page);
    await note(page, 'unsure').waitFor();
    expect(await page.locator('[name="answers.useful"][value="2"]').isChecked()).toBe(true);
    after.wire.loses = () => false;
    await press(page);
    await headingIs(page, t('problem.token-spent.title'));
    await press(other);
    await note(other, 'answered').waitFor();
    expect(await counted(INDUSTRY)).toBe(1);
    const blinded = after.wire.heard.filter(({ url }) => url.includes('/tokens')).map(({ body }) => body);
    expect(new Set(blinded).size).toBe(1);
  });

  it('cannot answer from another browser once it began in one', async () => {
    const page = await phoneOf(hall, STEPS);
    await rate(page, 'useful', 2);
    after.wire.loses = ({ method, url }) => method === 'POST' && url.startsWith('/f/');
    await press(page);
    await note(page, 'unsure').waitFor();
    after.wire.loses = () => false;
    const another = await phoneOf(hall, STEPS);
    await rate(another, 'useful', 1);
    await press(another);
    await another.getByText(t('problem.token-elsewhere.title')).waitFor();
    expect(await another.locator('[name="answers.useful"][value="1"]').isChecked()).toBe(true);
  });
});

it('takes whoever was online, with the keyboard alone, in the dark', async () => {
  const page = await phoneOf(online, OPENING);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('[name="answers.useful"]').first().focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await pressAt(page, t('feedback.send'), 'Enter');
  await thanked(page);
  await page.locator('#main:focus').waitFor();
});

describe('a phone that several people use', () => {
  const saysAs = (page: Page, name: string) => page.getByText(t('feedback.as', { name }), { exact: true });

  it('answers as whose page was opened last, says so, and sends no name', async () => {
    const list = await phoneOf(hall, OPENING);
    await list.goto(after.onWire(`${hall.link}/feedback?lang=en`));
    const page = await list.context().newPage();
    await page.goto(after.onWire(online.link));
    // The list that is open in the other tab would lead to forms that are answered as another person.
    await list.getByText(t('feedback.mine.other', { name: 'Online Badge' }), { exact: true }).waitFor();
    after.wire.heard.length = 0;
    await openForm(page, VOICES);
    await saysAs(page, 'Online Badge').waitFor();
    await page.getByText(t('feedback.as.hint')).waitFor();
    await press(page);
    await page.locator('.errors').waitFor();
    await saysAs(page, 'Online Badge').waitFor();
    const sent = after.wire.heard.map(({ url, headers, body }) => `${url} ${JSON.stringify(headers)} ${body}`).join();
    expect(after.wire.heard.length).toBeGreaterThan(3);
    expect(decodeURIComponent(sent.replace(/\+/g, ' '))).not.toContain('Online Badge');
    expect(page.url()).not.toContain('Badge');
    await list.reload();
    await openForm(page, PREVENTION);
    await saysAs(page, 'Hall Badge').waitFor();
  });

  it('says of someone under 18 no more than letters, and of what it kept before nothing', async () => {
    const page = await phoneOf(young, OPENING);
    await saysAs(page, 'D.').waitFor();
    await page.evaluate(() => {
      const [token = ''] = localStorage.getItem('feedback:asean-ict-forum')?.split(' ') ?? [];
      localStorage.setItem('feedback:asean-ict-forum', token);
    });
    await page.reload();
    await page.getByText(t('feedback.young')).waitFor();
    expect(await page.locator('[data-as]').isVisible()).toBe(false);
  });
});

describe('whoever did not attend', () => {
  it('is told at once, before typing', async () => {
    const page = await phoneOf(absent, OPENING);
    await page.getByText(t('problem.not-attended.title')).waitFor();
    expect(await page.locator('form').isVisible()).toBe(false);
  });

  it('finds no form on their page, and who can answer', async () => {
    const page = await after.phone();
    await page.goto(after.onWire(`${absent.link}/feedback`));
    await page.getByText(t('feedback.mine.who')).waitFor();
    expect(await page.locator('a[href*="/f/"]').count()).toBe(0);
  });
});

it('keeps what is typed on a phone without a link, and takes it once the link was opened there', async () => {
  const page = await after.phone();
  await openForm(page, OPENING);
  await note(page, 'no-link').waitFor();
  expect(await note(page, 'no-link').getByRole('link').getAttribute('href')).toBe('/e/asean-ict-forum/find?lang=en');
  await page.locator('[name="answers.comment"]').fill('From the back row.');
  await page.reload();
  expect(await page.locator('[name="answers.comment"]').inputValue()).toBe('From the back row.');
  await press(page);
  await note(page, 'no-link').waitFor();
  const mail = await page.context().newPage();
  await mail.goto(after.onWire(`${absent.link}/feedback`));
  // The tab hears of it by itself.
  await page.getByText(t('problem.not-attended.title')).waitFor();
});

it('asks someone under 18 for no words, and sends none', async () => {
  const page = await after.phone();
  await page.goto(after.form('event'));
  await page.locator('[name="answers.comment"],textarea').first().fill('My name is a secret.');
  await page
    .context()
    .newPage()
    .then((mail) => mail.goto(after.onWire(`${young.link}/feedback`)));
  await page.locator('textarea').first().waitFor({ state: 'hidden' });
  expect(await page.locator('textarea').first().inputValue()).toBe('');
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('secret');
  await page.getByText(t('feedback.young')).waitFor();
  // Something has to change: the form that comes back asks for no words either.
  await press(page);
  await page.locator('.errors').waitFor();
  expect(await page.locator('textarea').first().isVisible()).toBe(false);
  await rate(page, 'overall', 5);
  await press(page);
  await thanked(page);
  const { body } =
    after.wire.heard.filter(({ method, url }) => method === 'POST' && url.startsWith('/f/')).at(-1) ?? {};
  expect([...new URLSearchParams(body).keys()].filter((name) => name.startsWith('answers.'))).toEqual([
    'answers.overall',
  ]);
});

describe('without JavaScript', () => {
  it('leads from the form to the page of a registration', async () => {
    const page = await after.phone({ javaScriptEnabled: false });
    await openForm(page, OPENING);
    const instead = page.locator('noscript');
    expect(await instead.locator('h2').textContent()).toBe(t('feedback.no-script.title'));
    expect(await instead.getByRole('link').getAttribute('href')).toBe('/e/asean-ict-forum/find?lang=en');
  });

  it('takes answers by a proof that the server made, and says what that weakens', async () => {
    const page = await after.phone({ javaScriptEnabled: false });
    await page.goto(after.onWire(`${young.link}/feedback`));
    await page
      .getByRole('button', { name: forum('en').sessions.find(({ id }) => id === 'opening')?.title ?? '' })
      .click();
    await page.getByText(t('feedback.seen-here.text')).waitFor();
    expect(await page.locator('textarea').count()).toBe(0);
    await press(page);
    await page.locator('.errors').waitFor();
    expect(await page.locator('textarea').count()).toBe(0);
    await rate(page, 'useful', 3);
    await press(page);
    await headingIs(page, t('feedback.thanks.title'));
  });

  it('does the same in a browser that has scripts and no cryptography', async () => {
    const page = await after.phone();
    await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
    await openForm(page, 'event');
    await page.getByText(t('feedback.no-script.title')).waitFor();
    await page.goto(after.onWire(`${online.link}/feedback`));
    expect(await page.locator('.forms').isVisible()).toBe(false);
    await page.getByRole('button', { name: t('feedback.whole-event') }).click();
    await rate(page, 'overall', 3);
    await press(page);
    await headingIs(page, t('feedback.thanks.title'));
  });
});

it('sends nothing where its key is another than that of others', async () => {
  const page = await phoneOf(hall, 'event');
  await page.route('**/keys?*', async (route) => {
    const { keys } = await (await route.fetch()).json();
    await route.fulfill({ json: { keys: { ...keys, adult: keys.adult.replace(/.{8}$/, 'AAAAAAAA') } } });
  });
  await rate(page, 'overall', 3);
  await press(page);
  await note(page, 'keys-differ').waitFor();
  expect(heardOf('event').filter(({ method, url }) => method === 'POST' && !url.includes('/pass'))).toEqual([]);
});

it('breaks no rule of accessibility and nothing out of its frame when it says something', async () => {
  const page = await after.phone();
  await openForm(page, OPENING);
  await note(page, 'no-link').waitFor();
  await rate(page, 'useful', 1);
  expect(await faultsOf(page)).toEqual([]);
});

// The last: nobody can answer that form any more.
it('keeps what is typed visible when the form closes meanwhile', async () => {
  const page = await phoneOf(online, 'event', 'km');
  const km = translate('km');
  await rate(page, 'overall', 4);
  await page.locator('textarea').first().fill('យឺតពេលហើយ');
  await after.set({ event: { ...OPEN, closedAt: new Date().toISOString() } });
  await eventually(
    () => fetch(after.form('event')),
    ({ status }) => status === 409,
  );
  await press(page);
  await page.getByText(km('problem.feedback-closed.title')).waitFor();
  expect(await page.locator('textarea').first().inputValue()).toBe('យឺតពេលហើយ');
  expect(await page.locator('textarea').first().isVisible()).toBe(true);
});
