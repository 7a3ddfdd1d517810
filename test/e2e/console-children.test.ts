import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastDay } from '../../shared/event/event-times.ts';
import { displayReference } from '../../shared/kernel/text/reference.ts';
import { WHY_HEADER } from '../../shared/kernel/why.ts';
import { forum } from '../support/forum.ts';
import { signIn } from '../support/sign-in.ts';
import { consoleOf, grant, openAs, openPage, pagesOffered, resultOf, warningOf } from './console.ts';
import { consentLinkIn, mailTo } from './inbox.ts';
import { headingOf, mainTextOf, shown } from './reading.ts';
import { openSite, type Site } from './site.ts';
import { readTable } from './tables.ts';
import { faultsOf, pressAt } from './views.ts';
import {
  acceptChaperoning,
  beginByMail,
  beginOnPaper,
  type Registered,
  registerAdult,
  registerYoung,
} from './young.ts';

const FOCAL_POINT = 'Safeguarding focal point';
const SECOND_PERSON = 'Organiser vetted to see children';
const LAST_DAY = lastDay(forum());

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const openChild = (person: string, { reference }: Registered): Promise<Page> =>
  openAs(site, person, `/children/${reference}`);

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

/** Types what stands on a form on which attendance alone is ticked. */
async function record(page: Page): Promise<void> {
  await press(page, 'Record a signed form');
  await page.getByRole('group', { name: 'Taking part in the Forum' }).getByRole('checkbox').check();
  await page.getByLabel('Version on the form').fill('២០២៧-១');
  await page.getByLabel('Name under the signature').fill('Signing Parent');
  await page.getByLabel('Phone number for an emergency').fill('+855 12 000 001');
  await page.getByLabel('Date beside the signature').fill('២០២៦-០១-៣១');
  await press(page, 'Record the form');
}

/** What the API answers to a member who confirms what stands on a paper, whatever the console offers them. */
async function decideAs(
  subject: string,
  { reference }: Registered,
  what: 'paper' | 'handover',
): Promise<[number, string]> {
  const { access_token } = await signIn(site.system, subject);
  const address = `${site.system.siteUrl}/api/organiser/events/${site.eventId}/minors/${reference}`;
  const why = { [WHY_HEADER]: 'a%20test' };
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json', ...why };
  const { revision } = await (await fetch(address, { headers })).json();
  const body = JSON.stringify({ decision: 'confirm', revision });
  const answer = await fetch(`${address}/${what}/decision`, { method: 'POST', headers, body });
  return [answer.status, (await answer.json()).type];
}

describe('CS3: a signed form', () => {
  it('is recorded by one, cannot be confirmed by the same, and counts once another has confirmed it', async () => {
    const young = await beginOnPaper(site, 'Whole Paper');
    expect(await (await fetch(young.link)).text()).toContain(displayReference(young.reference));
    const first = await openAs(site, FOCAL_POINT, '/children');
    await first.getByRole('link', { name: 'Whole Paper' }).click();
    await record(first);
    expect(await resultOf(first)).toMatch(/counts once a second person has confirmed/);
    expect(await mainTextOf(first)).toMatch(/A second person has to look\s+You recorded this form, so another person/);
    expect(await first.getByRole('button', { name: 'Yes, it says the same' }).count()).toBe(0);
    expect(await decideAs('safeguarding', young, 'paper')).toEqual([409, 'urn:plenary:problem:second-person']);

    const second = await openAs(site, SECOND_PERSON, '/children');
    await second.getByText('A signed form waits for a second person.').waitFor();
    await second.getByRole('link', { name: 'Whole Paper' }).click();
    await second.getByText('By Signing Parent').waitFor();
    expect(await mainTextOf(second)).toMatch(/Taking part in the Forum\s+Yes, to version 2027-1/);
    expect(await mainTextOf(second)).toMatch(/Photos and recordings\s+No/);
    await press(second, 'Yes, it says the same');
    expect(await resultOf(second)).toMatch(/mailed that it is their turn/);
    await second.getByText('Guardian agreed; answers are awaited').waitFor();
    expect((await mailTo(site.system, young.email, 2)).subject).toMatch(/agreed/);
    expect(await (await fetch(young.link)).text()).toContain('Your parent or guardian has agreed');
    await Promise.all([first.context().close(), second.context().close()]);
  });

  it('CS6: begins with nothing ticked; what is missing, or signed in another version, is said at its field', async () => {
    const page = await openChild(FOCAL_POINT, await beginOnPaper(site, 'Wrong Paper'));
    await press(page, 'Record a signed form');
    const boxes = page.getByRole('group').getByRole('checkbox');
    for (const box of await boxes.all()) expect(await box.isChecked()).toBe(false);
    await press(page, 'Record the form');
    const errors = page.getByRole('alert').getByRole('link');
    expect(await errors.allInnerTexts()).toEqual([
      expect.stringMatching(/^Taking part in the Forum: Without this yes/),
      'Name under the signature: Please answer this.',
      'Phone number for an emergency: Please answer this.',
      'Date beside the signature: Please answer this.',
    ]);
    await boxes.first().check();
    await page.getByLabel('Version on the form').fill('2020-0');
    await page.getByLabel('Name under the signature').fill('Signing Parent');
    await page.getByLabel('Phone number for an emergency').fill('+855 12 000 001');
    await page.getByLabel('Date beside the signature').fill('2999-01-01');
    await press(page, 'Record the form');
    await errors.getByText(/version 2027-1 now/).click();
    expect(await page.getByLabel('Version on the form').evaluate((it) => it === document.activeElement)).toBe(true);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('2027-1');
    await press(page, 'Record the form');
    await errors.getByText(/This date is still to come/).waitFor();
    await page.context().close();
  });

  it('is put aside where it was wrong, and another one can be recorded', async () => {
    const page = await openChild(FOCAL_POINT, await beginOnPaper(site, 'Aside Paper'));
    await record(page);
    await press(page, 'Put the record aside');
    await press(page, 'Put it aside now');
    await page.getByText('A signed form is awaited again.').waitFor();
    await record(page);
    await page.getByText('Form waits for a second person').waitFor();
    await page.context().close();
  });

  it('changes nothing where someone was faster, and shows what they did', async () => {
    const young = await beginOnPaper(site, 'Fast Paper');
    const [first, second] = await Promise.all([openChild(FOCAL_POINT, young), openChild(FOCAL_POINT, young)]);
    await record(first);
    await resultOf(first);
    await record(second);
    expect(await warningOf(second)).toMatch(/changed meanwhile, and nothing was saved/);
    const stands = 'Where it stands: Form waits for a second person (before: Signed form is awaited)';
    await second.getByRole('listitem').filter({ hasText: stands }).waitFor();
    await second.getByRole('listitem').filter({ hasText: 'Signed form: By Signing Parent' }).waitFor();
    expect(await faultsOf(second)).toEqual([]);
    await Promise.all([first.context().close(), second.context().close()]);
  });
});

describe('CS12: a chaperone', () => {
  it('is named by reference, says yes, is vetted, and is swapped on the spot', async () => {
    const [young, other] = await Promise.all([registerYoung(site, 'Kept Young'), registerYoung(site, 'Other Young')]);
    const [former, next] = await Promise.all([registerAdult(site, 'Former Adult'), registerAdult(site, 'Next Adult')]);
    const name = async (page: Page, button: string, reference: string): Promise<string> => {
      await press(page, button);
      await page.getByLabel('Reference of the adult').fill(reference);
      await press(page, 'Name this adult');
      return resultOf(page);
    };
    const page = await openChild(FOCAL_POINT, young);
    await press(page, 'Name a chaperone');
    await press(page, 'Name this adult');
    await page.getByRole('alert').getByText('Please answer this.').waitFor();
    await page.getByLabel('Reference of the adult').fill(young.reference);
    await press(page, 'Name this adult');
    await page.getByRole('alert').getByText('This is not the reference of an adult').waitFor();
    await press(page, 'Cancel');
    expect(await name(page, 'Name a chaperone', former.reference)).toMatch(/Former Adult is asked by mail/);
    expect((await mailTo(site.system, former.email, 2)).subject).toMatch(/look after young people/);

    await page.goto(consoleOf(site, `/children/${other.reference}`));
    expect(await name(page, 'Name a chaperone', next.reference)).toMatch(/Next Adult is asked by mail/);
    await Promise.all([acceptChaperoning(former), acceptChaperoning(next)]);

    // CS25: an organiser, who sees no list of children, proposes the vetting; the focal point accepts it.
    for (const { reference } of [next, former]) await proposeVetting(reference);
    // The adult who accepted meanwhile is vetted as they are now, not as they were looked at.
    await press(page, 'Change the vetting: Next Adult');
    await page.getByLabel('Vetted until').fill(LAST_DAY);
    await press(page, 'Save the vetting');
    expect(await warningOf(page)).toMatch(/changed meanwhile, and nothing was saved/);
    await page.getByText(/^Answer: Said yes on/).waitFor();
    await page.getByText(/Proposed by Organiser on .* Waits for somebody else of safeguarding/).waitFor();
    await press(page, 'Save the vetting');
    expect(await resultOf(page)).toMatch(/Next Adult is vetted until/);
    expect(await page.getByText('What changed meanwhile').count()).toBe(0);
    await page.getByText('They said yes and are vetted until the event’s end.').waitFor();

    await openPage(page, 'Children');
    await page.getByText(/2 young people come in person. That takes 2 adults. 1 adult is ready/).waitFor();
    const spare = await registerAdult(site, 'Spare Adult');
    await press(page, 'Ask an adult');
    await page.getByLabel('Reference of the adult').fill(spare.reference);
    await press(page, 'Ask this adult');
    expect(await resultOf(page)).toMatch(/Spare Adult is asked by mail/);
    await page.getByRole('listitem').filter({ hasText: 'Spare Adult' }).getByText('Looks after 0').waitFor();
    await press(page, 'Accept the vetting of Former Adult');
    expect(await resultOf(page)).toMatch(/Former Adult is vetted until/);
    await page.getByText(/That takes 2 adults. 2 adults are ready/).waitFor();
    expect(await rowOf(page, 'Kept Young')).toMatch(/May go in\s+Former Adult/);

    await page.getByRole('link', { name: 'Kept Young' }).click();
    expect(await name(page, 'Name another chaperone', next.reference)).toMatch(/Next Adult looks after/);
    await press(page, 'Take the chaperone away');
    await press(page, 'Take them away now');
    await page.getByText('Nobody is named.').waitFor();
    await page.getByRole('link', { name: 'Back to all children' }).click();
    expect(await rowOf(page, 'Kept Young')).toMatch(/Safeguarding desk\s+No chaperone is named/);
    await page.context().close();
  });

  async function proposeVetting(reference: string): Promise<void> {
    const organiser = await openAs(site, 'Organiser', `/registrations/${reference}`);
    await organiser.getByRole('button', { name: /^Propose the vetting: / }).click();
    await organiser.getByLabel('Vetted until').fill(LAST_DAY);
    await press(organiser, 'Propose the vetting');
    expect(await resultOf(organiser)).toMatch(
      /is proposed. Somebody else of safeguarding who is vetted has to accept it/,
    );
    await organiser.context().close();
  }

  async function rowOf(page: Page, name: string): Promise<string> {
    const row = page.getByRole('row').filter({ hasText: name });
    await row.waitFor();
    return shown(row);
  }
});

describe('CS17: on the day', () => {
  it('shows who comes, their chaperone and a phone number for an emergency in two presses', async () => {
    const young = await registerYoung(site, 'Day Young');
    const page = await openAs(site, FOCAL_POINT, '/children');
    const row = page.getByRole('row').filter({ hasText: 'Day Young' });
    await row.waitFor();
    const [first, second] = forum().days.map(({ id }) => id);
    await page.getByLabel('Who comes in person').selectOption(second ?? '');
    await row.waitFor({ state: 'detached' });
    await page.getByLabel('Who comes in person').selectOption(first ?? '');
    await row.getByText('No chaperone is named').waitFor();
    await row.getByRole('link').click();
    const phone = page.getByRole('link', { name: '+855 12 000 000' });
    expect(await phone.getAttribute('href')).toBe('tel:+85512000000');
    expect(page.url()).toContain(young.reference);
    await page.context().close();
  });
});

describe('CS5: what a guardian tells by phone', () => {
  it('takes photos back alone, or ends everything', async () => {
    const young = await registerYoung(site, 'Phoned Young');
    const page = await openChild(FOCAL_POINT, young);
    await page.getByText('No: the guardian agreed to version 2027-1, the young person did not').waitFor();
    await press(page, 'Takes back: Photos and recordings');
    await press(page, 'Take it back now');
    expect(await resultOf(page)).toMatch(/Taken back: Photos and recordings/);
    await page.getByText('No: the guardian agreed to version 2027-1').waitFor({ state: 'detached' });
    expect(await mainTextOf(page)).toMatch(/Photos and recordings\s+No/);
    await press(page, 'The guardian withdraws their consent');
    await press(page, 'End it and delete everything');
    await page.getByText('everything about it is deleted.').waitFor();
    expect(await page.getByRole('link', { name: 'Phoned Young' }).count()).toBe(0);
    await page.goto(consoleOf(site, `/children/${young.reference}`));
    await page.getByRole('heading', { name: 'There is no such young person' }).waitFor();
    await page.context().close();
  });
});

describe('CS24: somebody comes to fetch a young person', () => {
  it('says a code that only the guardian’s page shows; the desk reads who may, and hears whether it is right', async () => {
    const young = await registerYoung(site, 'Fetched Young');
    const guardian = await site.visit({ viewport: { width: 360, height: 640 }, javaScriptEnabled: false });
    await guardian.goto(consentLinkIn(await mailTo(site.system, 'fetched.young@guardian.example.org')));
    await guardian.locator('[name="handover.alone"][value=no]').check();
    await guardian.locator('[name="handover.adult1"]').fill('Aunt Sample');
    await guardian.locator('[name="handover.never"]').fill('Stranger Sample');
    await guardian.locator('button[value=say-handover]').click();
    await guardian.getByText(/We have noted this|យើងបានកត់ត្រាហើយ/).waitFor();
    expect(await guardian.locator('[name="handover.adult1"]').inputValue()).toBe('Aunt Sample');
    const code = (await shown(guardian.locator('main b.code'))).trim();
    expect(code).toMatch(/^\d{3} \d{3}$/);

    const page = await openChild(FOCAL_POINT, young);
    await press(page, 'Show how they leave');
    await page.getByText('Aunt Sample').waitFor();
    expect(await mainTextOf(page)).toMatch(/Must not fetch them\s+Stranger Sample/);
    expect(await mainTextOf(page)).not.toContain(code);
    const wrong = code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
    await page.getByLabel('Code of whoever fetches them').fill(wrong);
    await press(page, 'Check the code');
    await page.getByText('The code is wrong. Do not let them go: call the guardian. 4 more tries').waitFor();
    await page.getByLabel('Code of whoever fetches them').fill(code);
    await press(page, 'Check the code');
    await page.getByText('The code is right.').waitFor();
    // While the desk has it open, the guardian changes it: whoever hands over reads that with the answer.
    await guardian.locator('[name="handover.never"]').fill('Aunt Elsewhere');
    await guardian.locator('button[value=say-handover]').click();
    await guardian.getByText(/We have noted this|យើងបានកត់ត្រាហើយ/).waitFor();
    await page.getByLabel('Code of whoever fetches them').fill(code);
    await press(page, 'Check the code');
    await page.getByText('The code is right.').waitFor();
    expect(await mainTextOf(page)).toMatch(/Must not fetch them\s+Aunt Elsewhere/);
    const second = await openChild(SECOND_PERSON, young);
    await second.getByRole('heading', { name: 'Guardian', exact: true }).waitFor();
    expect(await second.getByRole('button', { name: 'Show how they leave' }).count()).toBe(0);
    await Promise.all([page, guardian, second].map((each) => each.context().close()));
  });
});

describe('CS24: a guardian who signed on paper', () => {
  it('has what the form says noted by one and confirmed by another, and gets a code, which five wrong ones lock', async () => {
    const young = await beginOnPaper(site, 'Leaving Paper');
    const page = await openChild(FOCAL_POINT, young);
    await record(page);
    await resultOf(page);
    const second = await openChild(SECOND_PERSON, young);
    await press(second, 'Yes, it says the same');
    await resultOf(second);
    await page.reload();
    await press(page, 'Show how they leave');
    await page.getByText('no code was made for them yet').waitFor();
    await page.getByText('There can be no code before a second person has confirmed').waitFor();
    expect(await page.getByRole('button', { name: 'Make a code' }).count()).toBe(0);
    await press(page, 'Note what the signed form says');
    await press(page, 'Note it');
    await page.getByRole('alert').getByRole('link', { name: 'May leave alone' }).waitFor();
    await page.getByLabel('May leave alone').selectOption('no');
    await page.getByLabel('Adult 1 who may fetch them').fill('Paper Aunt');
    await page.getByLabel('Must not fetch them').fill('Paper Stranger');
    await press(page, 'Note it');
    expect(await resultOf(page)).toMatch(/It counts once a second person has confirmed it/);
    await page
      .getByText(/What was noted from the signed form \(.*, by Safeguarding focal point\) counts for nothing/)
      .waitFor();
    // The desk is not shown what does not count, but where it is to be decided.
    expect(await mainTextOf(page)).not.toContain('Paper Aunt');
    await press(page, 'Show what was noted');
    await page.getByText('You noted this, so another person has to look').waitFor();
    expect(await page.getByRole('button', { name: 'Yes, it says the same' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Make a code' }).count()).toBe(0);
    expect(await decideAs('safeguarding', young, 'handover')).toEqual([409, 'urn:plenary:problem:second-person']);

    await second.goto(consoleOf(site, '/children'));
    await second.getByText('How a young person leaves waits for a second person.').waitFor();
    await second.getByRole('row').filter({ hasText: 'Leaving Paper' }).getByText('Leaving waits').waitFor();
    await second.getByRole('link', { name: 'Leaving Paper' }).click();
    await press(second, 'Show what was noted');
    await second.getByText('Take the paper in your hand').waitFor();
    expect(await mainTextOf(second)).toMatch(/May leave alone\s+No/);
    expect(await mainTextOf(second)).toMatch(/Adults who may fetch them\s+Paper Aunt/);
    expect(await mainTextOf(second)).toMatch(/Must not fetch them\s+Paper Stranger/);
    await press(second, 'Put it aside');
    await press(second, 'Go back');
    await press(second, 'Yes, it says the same');
    expect(await resultOf(second)).toMatch(/This is how the young person leaves from now on/);
    expect(await second.getByRole('button', { name: 'Show what was noted' }).count()).toBe(0);
    expect(await mainTextOf(second)).not.toContain('Paper Aunt');

    // A member who looked before is told what changed.
    await press(page, 'Put it aside');
    await press(page, 'Put it aside now');
    expect(await warningOf(page)).toMatch(/changed meanwhile, and nothing was saved/);
    const waited = 'When they leave: Confirmed (before: Leaving waits for a second person)';
    await page.getByRole('listitem').filter({ hasText: waited }).waitFor();
    await page.getByText('Paper Aunt').waitFor();
    expect(await mainTextOf(page)).toMatch(
      /Noted from the signed form\s+.*, by Safeguarding focal point\s+Confirmed\s+.*, by Organiser vetted/,
    );

    await press(page, 'Make a code');
    await press(page, 'Make it now');
    await page.locator('.handout .code').waitFor();
    const code = (await shown(page.locator('.handout .code'))).trim();
    expect(code).toMatch(/^\d{3} \d{3}$/);
    expect(await faultsOf(page), 'a new code').toEqual([]);
    await page.emulateMedia({ media: 'print' });
    const printed = await shown(page.getByRole('main'));
    expect(printed).toContain(code);
    for (const name of ['Leaving Paper', 'Paper Aunt', 'Paper Stranger', 'Signing Parent', young.reference]) {
      expect(printed).not.toContain(name);
    }
    await page.emulateMedia({ media: 'screen' });
    await press(page, 'It is handed over');
    expect(await mainTextOf(page)).not.toContain(code);
    await page.getByText(/The last code was made .*, by Safeguarding focal point\./).waitFor();

    const wrong = code.replace(/^./, (digit) => String((Number(digit) + 1) % 10));
    for (let left = 4; left >= 0; left -= 1) {
      await page.getByLabel('Code of whoever fetches them').fill(wrong);
      await press(page, 'Check the code');
      await page.getByText(left === 0 ? /Too many wrong codes were tried/ : new RegExp(`${left} more tr`)).waitFor();
    }
    await press(page, 'I have called the guardian');
    await page.getByLabel('What the guardian said').fill('The aunt comes, and read it wrongly.');
    expect(await faultsOf(page), 'a locked code').toEqual([]);
    await press(page, 'Take codes again');
    expect(await resultOf(page)).toMatch(/Codes are taken again/);
    await page.getByLabel('Code of whoever fetches them').fill(code);
    await press(page, 'Check the code');
    await page.getByText('The code is right.').waitFor();
    await Promise.all([page.context().close(), second.context().close()]);
  });
});

describe('CS3: a guardian whom no mail reaches', () => {
  it('is told apart, in the list and on the page of the young person', async () => {
    const guardian = 'bounce+unreached@simulator.amazonses.com';
    const young = await beginByMail(site, 'Unreached Young', guardian);
    // What becomes of a mail is known a little after it was sent.
    await mailTo(site.system, young.email, 2);
    const page = await openAs(site, FOCAL_POINT, '/children');
    const row = page.getByRole('row').filter({ hasText: 'Unreached Young' });
    await row.getByText('Guardian not reached').waitFor();
    await row.getByRole('link').click();
    await page.getByText('It came back or was called unwanted.').waitFor();
    await press(page, 'Show the mail');
    await page.getByText('Came back', { exact: true }).waitFor();
    expect(await mainTextOf(page)).toMatch(/Reminded, unless they answer before\s+\d+ \w+ \d{4}/);
    await page.context().close();
  });
});

/** How many looks at someone's record were noted (CS14). */
const looksAt = async ({ reference }: Registered): Promise<number> =>
  (await readTable(site.system, 'audit')).filter(({ action, about }) => action === 'read-minor' && about === reference)
    .length;

describe('CS13: who sees children', () => {
  it('is nobody who was not vetted until the event’s end, whatever their role', async () => {
    const young = await beginOnPaper(site, 'Hidden Young');
    await grant(site, 'nobody', 'Not vetted yet', [{ role: 'safeguarding', vettedUntil: '2026-12-31' }]);
    const why = {
      Organiser: 'This page is for vetted members only',
      'Someone without a role': 'This page is for vetted members only',
      'Care team': 'This page is not for your role',
      'Focal point for Cambodia': 'This page is not for your role',
    };
    for (const [person, title] of Object.entries(why)) {
      const page = await openAs(site, person, `/children/${young.reference}`);
      expect(await headingOf(page)).toBe(title);
      expect(await pagesOffered(page)).not.toContain('Children');
      expect(await mainTextOf(page)).not.toContain('Hidden Young');
      await page.context().close();
    }
    await grant(site, 'nobody', 'Someone without a role', []);
  });

  it('a second person confirms and does nothing else', async () => {
    const young = await registerYoung(site, 'Looked At');
    const page = await openChild(SECOND_PERSON, young);
    await page.getByRole('heading', { name: 'Chaperone', exact: true }).waitFor();
    const buttons = () => page.getByRole('main').getByRole('button').allInnerTexts();
    expect(await buttons()).toEqual(['Show the mail']);
    expect(await looksAt(young)).toBe(1);
    await press(page, 'Show the mail');
    await page.getByText('Request for consent', { exact: true }).waitFor();
    // It reads anew what became of the mail.
    expect(await buttons()).toEqual(['Show the mail', 'Look again']);
    expect(await looksAt(young)).toBe(2);
    expect(await page.title()).not.toContain('Looked At');
    await page.context().close();
  });
});

describe('a form that waits for a second person', () => {
  it('is confirmed by keyboard alone', async () => {
    const young = await beginOnPaper(site, 'Keyboard Paper');
    const page = await openChild(FOCAL_POINT, young);
    await record(page);
    await resultOf(page);
    await page.context().close();
    const second = await openAs(site, SECOND_PERSON, '/children');
    await second.getByRole('link', { name: 'Keyboard Paper' }).waitFor();
    await pressAt(second, 'Keyboard Paper', 'Enter');
    await second.getByRole('heading', { name: 'Does the paper say the same?' }).waitFor();
    await pressAt(second, 'Yes, it says the same', 'Space');
    expect(await resultOf(second)).toMatch(/their turn/);
    await expect.poll(() => second.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await second.context().close();
  });
});
