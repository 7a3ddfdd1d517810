import { existsSync, readdirSync } from 'node:fs';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FUNCTION_NAMES } from '../../functions/manifests.ts';
import { type GatewayOptions, startGateway } from '../../local/gateway.ts';
import type { Listening } from '../../local/http.ts';
import { CONSOLE_PATH } from '../../shared/kernel/console-page.ts';
import { LANGUAGE_TAGS, type ProductLanguage } from '../../shared/kernel/i18n/languages.ts';
import type { RouteId } from '../../shared/routes.ts';
import { PAGES, readAddress } from '../../web/console/addresses.ts';
import { call, originKeys, postJson } from '../support/call.ts';
import { answering } from '../support/feedback.ts';
import { OPEN_NOW, setForms } from '../support/open-forms.ts';
import { ISSUER, type Parts, startParts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { readRegistry } from '../support/registry.ts';
import { ask, type TeamMember } from '../support/team.ts';
import { MARK, openWholeEvent, type WholeEvent } from '../support/whole-event.ts';
import { onPaper, signedForm } from '../support/young.ts';
import { bringRules } from './axe.ts';
import { closePages, sharedBrowser } from './shared.ts';
import { droppedDigits, faultsOf, movedIn, VIEWS, watchShifts } from './views.ts';

/*
 * Every screen of the console, opened once in each of its languages, with all open that a press opens. Whether it fits is looked at in one
 * language at each width, which the name of a test says: in turns, so that each language has half of the narrow ones. The team looks at an event in
 * which everyone takes part, served by the functions themselves in this process.
 */

const EVENT = 'sweep';
const REHEARSAL = 'sweep-rehearsal';
const ASSETS = 'dist/web';
const SECOND_PERSON = 'vettedOrganiser';

interface Screen {
  /** Below the address of the event; in braces whom it is about. */
  readonly at: string;
  /** Of a form that is sent as it is, and refused: its button. */
  readonly sent?: string;
  /** Of the whole event where it is absent. */
  readonly event?: typeof REHEARSAL;
}

/** By who looks; nobody has signed in, and a stranger is nobody in the event. */
const SCREENS: Readonly<Partial<Record<TeamMember | 'stranger', readonly Screen[]>>> = {
  organiser: [
    { at: '' },
    { at: '/registrations' },
    { at: '/registrations?q=nobody' },
    { at: '/registrations/{comer}' },
    { at: '/registrations/{waits}' },
    { at: '/registrations/{long}' },
    { at: '/registrations/0000000000' },
    { at: '/approvals' },
    { at: '/approvals?show=overdue' },
    { at: '/bulk' },
    { at: '/tags' },
    { at: `/bulk/${'B'.repeat(22)}` },
    { at: '/children' },
    { at: '/add', sent: 'main' },
    { at: '/on-behalf', sent: 'main' },
    { at: '/seats' },
    { at: '/programme' },
    { at: '/programme/opening' },
    { at: '/programme/_new', sent: 'main' },
    { at: '/definition', sent: '[aria-labelledby=copy] .opened' },
    { at: '/definition/basics' },
    { at: '/definition/days' },
    { at: '/definition/quotas' },
    { at: '/definition/minors' },
    { at: '/definition/_review' },
    { at: '/codes', sent: '.opened' },
    { at: '/badges' },
    { at: '/badges?paper=list' },
    { at: '/badges?paper=temporary' },
    { at: '/messages' },
    { at: '/messages/_new', sent: 'main' },
    { at: '/messages/{message}' },
    { at: '/check-in' },
    { at: '/check-in/event' },
    { at: '/check-in/_new' },
    { at: '/check-in/_handout' },
    { at: '/check-in/_phones', sent: '.opened' },
    { at: '/check-in/_to-see', sent: '.opened' },
    { at: '/arrivals' },
    { at: '/arrivals?list=0000000000' },
    { at: '/arrivals/projector?by=organisation' },
    { at: '/feedback' },
    { at: '/feedback/session-opening' },
    { at: '/feedback/session-closing' },
    { at: '/feedback/room-session-opening' },
    { at: '/feedback/chair-session-opening' },
    { at: '/catering' },
    { at: '/people', sent: 'section > .disclosure > .opened' },
    { at: '/mail' },
    { at: '/audit' },
    { at: '/system' },
    { at: '', event: REHEARSAL },
    { at: '/definition', event: REHEARSAL },
  ],
  safeguarding: [
    { at: '/children' },
    { at: '/children/{child}' },
    { at: '/children/{paper}' },
    { at: '/children/{unsigned}', sent: '.opened' },
    { at: '/children/{leaving}' },
    { at: '/children/{asked}' },
    { at: '/children/0000000000' },
    { at: '/reports' },
    { at: '/reports/{report}' },
    { at: '/reports/0000000000' },
  ],
  [SECOND_PERSON]: [{ at: '/children/{paper}' }, { at: '/children/{leaving}' }, { at: '/people' }],
  care: [{ at: '/catering' }, { at: '/arrange' }],
  viewer: [{ at: '' }],
  protocol: [{ at: '/greet' }, { at: '/registrations/{comer}' }],
  stranger: [{ at: '' }],
};

let parts: Parts;
let gateway: Listening;
/** References and ids, by what stands in braces. */
let about: Readonly<Record<string, string>>;
/** Scripts that were fetched, and answers that no screen should have got. */
const fetched = new Set<string>();
const failed: string[] = [];

beforeAll(async () => {
  parts = await startParts();
  const event = await openWholeEvent(parts, EVENT);
  await addWhatIsLooked(event);
  const { registrations } = await readRegistry(parts, EVENT);
  const people = registrations.map(
    ({ email, reference }) => [/^canary\.(\w+)@|^(long)/.exec(email), reference] as const,
  );
  about = {
    ...Object.fromEntries(people.map(([found, reference]) => [found?.[1] ?? found?.[2], reference])),
    message: event.callOf('showMessage').params?.['messageId'] ?? '',
    report: (await did('safeguarding', 'listReports')).reports[0].reference,
  };
  await waitForSecondPeople();
  const title = { en: 'Rehearsal', km: 'ហាត់សម' };
  const copy = {
    id: REHEARSAL,
    title,
    firstDay: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
    rehearsal: true,
  };
  expect((await ask('organiser', 'copyEvent', { params: { eventId: EVENT }, body: copy })).status).toBe(201);
  gateway = await startGateway({
    functions: await inThisProcess(),
    authorize: async (authorization = '') => ({
      ...{ iss: ISSUER, client_id: 'console' },
      sub: authorization.slice('Bearer '.length),
    }),
    ...{ assets: ASSETS, issuer: ISSUER, originKey: originKeys()[1] ?? '', port: 0 },
  });
});
afterAll(async () => {
  await closePages();
  await gateway?.stop();
  await parts?.stop();
});

/** What screens show besides: names as long as they come and without a place to break, answers enough to be shown, forms on paper. */
async function addWhatIsLooked(event: WholeEvent): Promise<void> {
  const long = { fullName: 'W'.repeat(100), organisation: 'Organisation-without-a-place-to-break'.repeat(2) };
  await event.register(`${'long'.repeat(15)}@whole.example.org`, { ...long, category: 'media' });
  await setForms(parts, EVENT, { event: OPEN_NOW, 'session-opening': OPEN_NOW });
  const answer = answering(parts.database, EVENT);
  for (let person = 0; person < 10; person += 1)
    await answer({ useful: 1 + (person % 5), mode: person < 5 ? 'online' : 'in-person', comment: 'Words' });
  for (const name of ['unsigned', 'leaving']) {
    const body = { ...onPaper(name), email: `${MARK}.${name}@whole.example.org` };
    expect((await call('submitRegistration', { params: { eventId: EVENT }, ...postJson(body) })).statusCode).toBe(202);
  }
  const { backups, figures } = (await import('../../functions/housekeeping/index.ts')).realDeps();
  const [since, at] = [new Date(Date.now() - 30 * 86_400_000), new Date()].map((each) => each.toISOString());
  await figures.note(EVENT, { people: 1000, mails: 5000, scans: 4000, since: since ?? '', at: at ?? '' });
  await backups.note({ readAt: at ?? '', tables: [{ table: 'registry', until: at }, { table: 'care' }] });
}

/** What one member began and another has to look at, on each screen that says so; and a need that is arranged. */
async function waitForSecondPeople(): Promise<void> {
  const change = async (who: TeamMember, reference: string, route: RouteId, body: object): Promise<void> => {
    const { revision } = await did('safeguarding', 'showMinor', { params: { reference } });
    await did(who, route, { params: { reference }, body: { ...body, revision } });
  };
  const { leaving = '', child = '' } = about;
  await change('safeguarding', leaving, 'recordPaper', signedForm());
  await change(SECOND_PERSON, leaving, 'decidePaper', { decision: 'confirm' });
  const said = { alone: false, adults: ['Paper Aunt'], never: 'Paper Stranger' };
  await change('safeguarding', leaving, 'noteHandover', { handover: said });
  await change('safeguarding', child, 'nameChaperone', { chaperone: about['comer'] });
  const carer = { grants: [{ role: 'care' }], label: 'Second carer', email: 'carer@whole.example.org' };
  await did('organiser', 'inviteToRoles', { body: carer });
  const endsAt = new Date(Date.now() + 3_600_000).toISOString();
  const desk = { name: 'Safeguarding desk', lists: ['event'], endsAt, maySearch: false, vettedUntil: '2099-12-31' };
  await did('organiser', 'offerEnrolment', { body: desk });
  const { needs } = await did('care', 'listNeeds');
  const [{ reference, edition }] = needs;
  await did('care', 'arrangeNeed', { params: { reference }, body: { arranged: true, edition } });
}

interface Done {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: object;
}

async function did(who: TeamMember, route: RouteId, { params, body }: Done = {}) {
  const answer = await ask(who, route, { params: { eventId: EVENT, ...params }, body });
  expect([200, 202], JSON.stringify(answer.body)).toContain(answer.status);
  return answer.body;
}

async function inThisProcess(): Promise<GatewayOptions['functions']> {
  const called = FUNCTION_NAMES.map(async (name) => {
    const { handler } = await import(`../../functions/${name}/index.ts`);
    const invoke = (asked: unknown) => asFunction(name, () => handler(asked as APIGatewayProxyEventV2, {} as Context));
    return [name, { invoke }] as const;
  });
  return Object.fromEntries(await Promise.all(called)) as GatewayOptions['functions'];
}

const filled = (path: string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const found = about[name];
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  });

/** A tab of someone, in a language. @param saysWhy whether they said why they look at records of people under 18 */
async function tabOf(who: string | undefined, language: string, saysWhy = true): Promise<Page> {
  const page = await (await (await sharedBrowser()).newContext({ locale: language })).newPage();
  await bringRules(page);
  page.on('response', (response) => {
    const isMeant = response.url().includes('0000000000') || [422, 428].includes(response.status());
    if (response.status() >= 400 && !isMeant) failed.push(`${response.status()} ${response.url()}`);
  });
  page.on('request', (request) => fetched.add(new URL(request.url()).pathname));
  const now = Date.now();
  const tokens = { access: who, expiresAt: now + 3_600_000, signedInAt: now };
  const kept = [
    ...(who === undefined ? [] : [['plenary.tokens', JSON.stringify(tokens)]]),
    ...(saysWhy ? [['plenary.why', JSON.stringify({ why: 'a test', signedInAt: now })]] : []),
  ];
  await page.addInitScript((all) => {
    for (const [name = '', value = ''] of all) sessionStorage.setItem(name, value);
  }, kept);
  await page.addInitScript(bringWaits);
  await page.addInitScript(watchShifts);
  return page;
}

/** Goes to another screen as a link does, once the first was opened. */
async function goTo(page: Page, address: string): Promise<void> {
  const origin = `http://127.0.0.1:${gateway.port}`;
  if (!page.url().startsWith(origin)) {
    await page.goto(origin + address);
    await page.evaluate(() => settled());
  } else
    await page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
      return drawn().then(settled);
    }, address);
}

/** In a page, before its scripts. */
function bringWaits(): void {
  /** Until it is drawn, and what follows from that is done, what is there belongs to the screen before. */
  globalThis.drawn = async () => {
    for (let frames = 0; frames < 2; frames += 1)
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  };
  globalThis.settled = async () => {
    while (document.querySelector('h1') === null || document.querySelector('.skeleton') !== null) await drawn();
  };
}

declare global {
  var drawn: () => Promise<void>;
  /** Waits until all is there that is read. */
  var settled: () => Promise<void>;
}

/** Of buttons that do the same to several things or people, and name them besides, so many are pressed. */
const ALIKE = 2;

/** Opens all that a press opens, also what is within what was opened. @throws Error where something covers what is to be pressed */
const openAll = (page: Page): Promise<void> =>
  page.evaluate(async (alike) => {
    const pressed = new Map<string, number>();
    for (;;) {
      const next = [...document.querySelectorAll<HTMLElement>('main button[aria-expanded=false]')].find(
        ({ ariaLabel, textContent }) => ariaLabel === null || (pressed.get(textContent ?? '') ?? 0) < alike,
      );
      if (next === undefined) return;
      const words = next.textContent ?? '';
      pressed.set(words, (pressed.get(words) ?? 0) + (next.ariaLabel === null ? 0 : 1));
      next.scrollIntoView({ block: 'center' });
      const { left, top, width, height } = next.getBoundingClientRect();
      if (!next.contains(document.elementFromPoint(left + width / 2, top + height / 2)))
        throw new Error(`something covers ${next.outerHTML}`);
      next.click();
      await drawn();
      await settled();
    }
  }, ALIKE);

const languages = LANGUAGE_TAGS.filter((tag) => existsSync(`shared/kernel/i18n/${tag}/console.json`));

/** In which views a screen is to fit in a language. @param place of the screen among those of its list */
const viewsIn = (language: ProductLanguage, place: number): (typeof VIEWS)[number][] =>
  VIEWS.filter((_, view) => (place + view) % languages.length === languages.indexOf(language));

/** At which widths that is, for the name of a test. */
const atWidths = (views: readonly (typeof VIEWS)[number][]): string =>
  views.length === 0 ? 'words' : views.map(({ width }) => `${width} px`).join(', ');

/** Dates as programs write them (`2027-11-02`), but where a hint says that one is typed so. */
const datesForPrograms = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')].flatMap((one) => {
      const words = [...one.childNodes]
        .map((node) => (node.nodeType === Node.TEXT_NODE ? node.textContent : ''))
        .join(' ');
      const isWritten = /\d{4}-\d\d-\d\d/.test(`${words} ${one.ariaLabel ?? ''}`);
      return isWritten && one.closest('.hint, script, style') === null ? [one.outerHTML.slice(0, 200)] : [];
    }),
  );

/** All that is wrong with a screen; what its fields hold is the same in each language. */
async function expectNoFaults(page: Page, language: ProductLanguage, place: number): Promise<void> {
  expect(await faultsOf(page, viewsIn(language, place))).toEqual([]);
  expect(await datesForPrograms(page)).toEqual([]);
  if (language === languages[0]) expect(await droppedDigits(page)).toEqual([]);
}

describe.each(languages)('in %s', (language) => {
  describe.each(Object.entries(SCREENS))('%s', (who, screens) => {
    let page: Page;
    beforeAll(async () => {
      page = await tabOf(who, language);
    });
    afterAll(() => page?.context().close());

    const cases = screens.map(
      (screen, place) =>
        [
          `${screen.event ?? ''}${screen.at || '(overview)'}`,
          atWidths(viewsIn(language, place)),
          screen,
          place,
        ] as const,
    );
    it.each(cases)('%s, %s', async (_, __, screen, place) => {
      const address = `${CONSOLE_PATH}e/${screen.event ?? EVENT}${filled(screen.at)}`;
      const [view = VIEWS[0]] = viewsIn(language, place);
      expect(await movedIn(page, view, () => goTo(page, address))).toEqual([]);
      await openAll(page);
      if (screen.sent !== undefined) {
        const button = page.locator(`${screen.sent} form:not([role=search]) button[type=submit]`);
        for (const each of await button.all()) await each.click();
        await page.locator('main [role=alert]').first().waitFor();
      }
      await expectNoFaults(page, language, place);
    });
  });
});

it('owners are told what the event cost so far, of what, and which table cannot be brought back', async () => {
  const page = await tabOf('organiser', 'en');
  await goTo(page, `${CONSOLE_PATH}e/${EVENT}/system`);
  const said = (await page.locator('main').textContent()) ?? '';
  const amounts = [...said.matchAll(/US\$ (\d+\.\d\d)/g)].map(([, amount]) => Number(amount));
  const [total = 0, ...parts] = amounts;
  expect(parts).toHaveLength(7);
  expect(total).toBeGreaterThan(0.5);
  expect(parts.reduce((sum, each) => sum + each, 0)).toBeCloseTo(total, 1);
  for (const words of ['1000', '5000', '4000', 'no bill', 'Not in it', 'Cannot be brought back'])
    expect(said).toContain(words);
  await goTo(page, `${CONSOLE_PATH}e/${EVENT}`);
  await page.getByRole('link', { name: /backups are off or late/ }).click();
  await page.getByRole('heading', { name: 'Cost and backups', level: 1 }).waitFor();
  await page.context().close();
});

/** Screens without an event around them. */
const PLAIN = {
  'nobody has signed in': { who: undefined, path: `e/${EVENT}` },
  'an event is asked for': { who: 'organiser', path: '' },
  'there is no such event': { who: 'organiser', path: '?event=No%20such' },
  'an invitation': { who: 'stranger', path: `?event=${EVENT}#invitation=none` },
  'an unknown address': { who: 'organiser', path: `e/${EVENT}/nothing` },
  'a reason is asked for': { who: 'safeguarding', path: `e/${EVENT}/children/{child}` },
} as const;

describe.each(languages)('without an event around it, in %s', (language) => {
  const cases = Object.entries(PLAIN).map(
    ([name, plain], place) => [name, atWidths(viewsIn(language, place)), plain, place] as const,
  );
  it.each(cases)('%s, %s', async (_, __, { who, path }, place) => {
    const page = await tabOf(who, language, false);
    await goTo(page, CONSOLE_PATH + filled(path));
    await expectNoFaults(page, language, place);
    await page.context().close();
  });
});

it('leaves out no screen, and shows none without what it is about', () => {
  expect(failed).toEqual([]);
  const seen = Object.values(SCREENS)
    .flat()
    .map(({ at }) => at.split(/[/?]/));
  expect(PAGES.filter((page) => !seen.some(([, name = '', one]) => name === page && one === undefined))).toEqual([]);
  const lists = PAGES.filter((page) => readAddress(`${CONSOLE_PATH}e/${EVENT}/${page}/one`) !== undefined);
  expect(lists.filter((page) => !seen.some(([, name, one]) => name === page && one !== undefined))).toEqual([]);
  // What makes a file is no screen: it is fetched where one is saved.
  const built = readdirSync(`${ASSETS}/assets`).filter((name) => /^console-(?!workbook-).*\.js$/.test(name));
  expect(built.filter((name) => !fetched.has(`/assets/${name}`))).toEqual([]);
});
