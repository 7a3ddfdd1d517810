import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyAsMedia, openAs, resultOf, warningOf } from './console.ts';
import { openSite, type Site } from './site.ts';
import { faultsOf, show, VIEWS } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.stop());

const NAMES = ['Ada Many', 'Ben Many', 'Cho Many'];

/** Where it stands in the files that look at how screens come out. */
const SHOTS = process.env['PLENARY_SHOTS'];

it('RE12: does one thing with all who are chosen: looks first, follows it, and takes it back before mail leaves', async () => {
  for (const fullName of NAMES) await applyAsMedia(site, `${fullName.split(' ')[0]}@bulk.example.org`, { fullName });
  const page = await openAs(site, 'Organiser', '/registrations');
  const look = async (name: string): Promise<void> => {
    expect(await faultsOf(page)).toEqual([]);
    for (const view of SHOTS === undefined ? [] : VIEWS) {
      await show(page, view);
      await page.screenshot({ path: `${SHOTS}/bulk-${name}-${view.width}.png`, fullPage: true });
    }
  };
  await page.getByRole('button', { name: 'Choose all 3 found' }).click();
  await page.getByRole('link', { name: 'Change these 3 people together' }).click();
  await page.getByRole('heading', { name: 'With the 3 people who are chosen' }).waitFor();
  await page.getByLabel('What to do').selectOption('cancel');
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByText('3 registrations can be cancelled.').waitFor();
  await page.getByLabel('What to do').selectOption('approve');
  expect(await page.getByText('can be cancelled').count(), 'what was seen of another').toBe(0);
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByText('3 people can be approved.').waitFor();
  await page.getByText('Show their names').click();
  expect((await page.locator('details[open] li a').allInnerTexts()).sort()).toEqual(NAMES);
  await look('preview');
  await page.getByRole('button', { name: 'Approve 3 people' }).click();
  await page.getByText('Through with 3 of 3 people. 3 people were changed.').waitFor();
  await page.getByText('All is done. No mail has left yet.').waitFor();
  // Counted by the server's clock: this computer's is wrong by an hour.
  await page.addInitScript('const { now } = Date; Date.now = () => now() + 3_600_000;');
  await page.reload();
  await page.getByText(/^Mail leaves in \d+ seconds?\.$/).waitFor();
  await page.getByText('3 people: done').click();
  await expect.poll(async () => (await page.locator('details[open] li a').allInnerTexts()).sort()).toEqual(NAMES);
  await look('held');
  await page.getByRole('button', { name: 'Stop and take back' }).click();
  await page.getByRole('button', { name: 'Take it back' }).click();
  expect(await resultOf(page)).toBe('It is being taken back.');
  await page.getByText('It was taken back.').waitFor();
  await page.getByText('3 people: taken back').waitFor();
  expect(await page.getByRole('button', { name: 'Stop and take back' }).count()).toBe(0);
  await page.getByRole('link', { name: 'All of the last seven days' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Approve 3 people' });
  expect(await row.textContent()).toContain('It was taken back.');
  await page.getByRole('link', { name: 'Choose people in the list' }).waitFor();
  // On a phone no word is broken: what was done stands on one line.
  await show(page, VIEWS[0]);
  const done = await row.getByRole('link').evaluate((link) => link.getClientRects().length);
  expect(done, 'lines').toBe(1);
  await look('list');
  await page.getByRole('link', { name: 'Choose people in the list' }).click();
  await page.getByRole('row').filter({ hasText: 'Waiting for a decision' }).first().waitFor();
});

it('tags: an owner writes them, they are set on one person and on many, found by, and removed from all', async () => {
  const page = await openAs(site, 'Organiser', '/tags');
  const look = async (name: string): Promise<void> => {
    expect(await faultsOf(page)).toEqual([]);
    for (const view of SHOTS === undefined ? [] : VIEWS) {
      await show(page, view);
      await page.screenshot({ path: `${SHOTS}/tags-${name}-${view.width}.png`, fullPage: true });
    }
  };
  const make = async (name: string, purpose: string): Promise<void> => {
    await page.getByRole('button', { name: 'New tag' }).click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('What it is for').fill(purpose);
    await page.getByRole('button', { name: 'Save' }).click();
  };
  await page.getByText('There are no tags yet.').waitFor();
  await make('=Speaks', 'Who is asked for slides');
  expect(await resultOf(page)).toBe('The tag “=Speaks” is saved.');
  await make('Hosts', 'Who sits at the desk');
  await page.getByRole('listitem').filter({ hasText: 'Hosts' }).waitFor();
  await make('HOSTS', 'The same once more');
  await page.getByText('there is the tag "Hosts" already').first().waitFor();
  await look('list');
  await page.goto(page.url().replace('/tags', '/registrations?q=Many'));
  await page.getByRole('link', { name: 'Ada Many' }).click();
  await page.getByText('No tags.').waitFor();
  await page.getByRole('button', { name: 'Set and remove tags' }).click();
  await page.getByLabel('Hosts').check();
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await resultOf(page)).toBe('The tags of Ada Many are saved.');
  await page.locator('section', { hasText: 'may ask to read them' }).getByText('Who sits at the desk').waitFor();
  await look('person');
  await page.getByRole('link', { name: 'Back to all registrations' }).click();
  await page.getByRole('button', { name: 'Choose all 3 found' }).click();
  await page.getByRole('link', { name: 'Change these 3 people together' }).click();
  await page.getByLabel('What to do').selectOption('tag');
  await page.getByLabel('Tag', { exact: true }).selectOption({ label: 'Hosts' });
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByText('2 people can get the tag.').waitFor();
  await page.getByText('1 person: it was so already').click();
  expect(await page.locator('details[open] li a').allInnerTexts()).toEqual(['Ada Many']);
  await look('preview');
  await page.getByRole('button', { name: 'Tag 2 people' }).click();
  await page.getByText('All is done.', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Stop and take back' }).count()).toBe(0);
  await page.getByText('Hosts', { exact: true }).waitFor();
  await page.goto(page.url().replace(/\/bulk\/.*/, '/registrations?q=Many'));
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByLabel('What to filter by').selectOption('tags');
  await page.getByLabel('Hosts (3)').check();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('link', { name: 'Cho Many' }).waitFor();
  expect(new URL(page.url()).searchParams.getAll('tags')).toHaveLength(1);
  await look('found');
  await page.goto(page.url().replace(/\/registrations.*/, '/tags'));
  await page.getByRole('button', { name: 'Remove “Hosts”' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  expect(await resultOf(page)).toBe('The tag “Hosts” is removed.');
  await page.goto(page.url().replace('/tags', '/registrations?q=Ada'));
  await page.getByRole('link', { name: 'Ada Many' }).click();
  await page.getByText('No tags.').waitFor();
});

it('RE12: adds those who are chosen to a session, says whom it leaves out and why, and takes it back', async () => {
  const comes = { category: 'academia', mode: 'in-person' };
  for (const [name, more] of [
    ['Ada', comes],
    ['Ben', comes],
    ['Cho', { ...comes, sessions: 'industry-first-steps' }],
    ['Dan', {}],
  ] as const)
    await applyAsMedia(site, `${name}@session.example.org`, { fullName: `${name} Joins`, ...more });
  const page = await openAs(site, 'Organiser', '/registrations?q=Joins');
  const look = async (name: string): Promise<void> => {
    expect(await faultsOf(page)).toEqual([]);
    for (const view of SHOTS === undefined ? [] : VIEWS) {
      await show(page, view);
      await page.screenshot({ path: `${SHOTS}/session-${name}-${view.width}.png`, fullPage: true });
    }
  };
  await page.getByRole('button', { name: 'Choose all 4 found' }).click();
  await page.getByRole('link', { name: 'Change these 4 people together' }).click();
  await page.getByLabel('What to do').selectOption('add-to-session');
  const sessions = await page.getByLabel('Session', { exact: true }).locator('option').allInnerTexts();
  expect(sessions.some((each) => /^Where to begin: child online protection .* \(.*, 15:30\)$/.test(each))).toBe(true);
  await page.getByLabel('Session', { exact: true }).selectOption('industry-first-steps');
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByText('2 people can be added to the session.').waitFor();
  await page.getByText('1 person: it was so already').waitFor();
  await page.getByText('1 person: their status does not allow it').click();
  expect(await page.locator('details[open] li a').allInnerTexts()).toEqual(['Dan Joins']);
  await look('preview');
  await page.getByRole('button', { name: 'Add 2 people to the session' }).click();
  await page.getByText('All is done. No mail has left yet.').waitFor();
  await page.getByRole('heading', { name: 'Add 2 people to a session' }).waitFor();
  await page.getByText(/^Where to begin: child online protection/).waitFor();
  await page.getByText('2 people: done').waitFor();
  await look('held');
  await page.getByRole('button', { name: 'Stop and take back' }).click();
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByText('It was taken back.').waitFor();
  await page.getByText('2 people: taken back').waitFor();
});

it('RE12: says how many of those who were looked at are gone by now, before it begins and since', async () => {
  for (const name of ['Gus', 'Hal', 'Ivo'])
    await applyAsMedia(site, `${name}@gone.example.org`, { fullName: `${name} Leaves` });
  const page = await openAs(site, 'Organiser', '/registrations?q=Leaves');
  await page.getByRole('button', { name: 'Choose all 3 found' }).click();
  await page.getByRole('link', { name: 'Change these 3 people together' }).click();
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByText('3 people can be approved.').waitFor();
  // As if one were erased between the presses: the server does not see them any more.
  await page.route(/\/bulk(?:\?|$)/, (route) => {
    const sent = route.request().postDataJSON();
    return route.continue(sent && { postData: JSON.stringify({ ...sent, people: sent.people.slice(1) }) });
  });
  await page.getByRole('button', { name: 'Approve 3 people' }).click();
  expect(await warningOf(page)).toBe('1 of them is not found.');
  await page.getByText('Through with 2 of 2 people.').waitFor();
  expect(await page.locator('main p:not(.note)', { hasText: 'not found' }).count()).toBe(0);
  await page.route(/\?people=true/, async (route) => {
    const answer = await (await route.fetch()).json();
    return route.fulfill({ json: { ...answer, people: answer.people.slice(1) } });
  });
  await page.getByRole('button', { name: 'Read again' }).click();
  await page.locator('main p:not(.note)', { hasText: '1 of them is not found.' }).waitFor();
});

it('leads to the badges of those who are chosen, and says who has none and why', async () => {
  const who = { fullName: 'Vera Comes', badgeName: 'Vera', category: 'academia', mode: 'in-person' };
  await applyAsMedia(site, 'comes@bulk.example.org', { ...who });
  await applyAsMedia(site, 'online@bulk.example.org', { ...who, fullName: 'Vera Online', mode: 'online' });
  await applyAsMedia(site, 'waits@bulk.example.org', { fullName: 'Vera Waits' });
  const page = await openAs(site, 'Organiser', '/registrations?q=Vera');
  await page.getByRole('button', { name: 'Choose all 3 found' }).click();
  await page.getByRole('link', { name: 'Badges of these 3 people' }).click();
  await page.getByText('Of the 3 people who are chosen').waitFor();
  await page.locator('.badge').first().waitFor();
  expect(await page.locator('.badge .name').allInnerTexts()).toEqual(['Vera']);
  await page.getByText('1 person has no badge: not confirmed').click();
  expect(await page.locator('details[open] li a').allInnerTexts()).toEqual(['Vera Waits']);
  await page.getByText('1 person has no badge: takes part online').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  for (const view of SHOTS === undefined ? [] : VIEWS) {
    await show(page, view);
    await page.screenshot({ path: `${SHOTS}/badges-chosen-${view.width}.png`, fullPage: true });
  }
  await page.getByLabel('Paper').selectOption('list');
  await page.getByRole('row').filter({ hasText: 'Vera' }).waitFor();
  await page.reload();
  await page.getByRole('link', { name: 'Choose people in the list' }).waitFor();
  expect(await page.locator('.badge').count(), 'who was chosen is in memory alone').toBe(0);
});

it('writes to those who are chosen, says whom it leaves out, and keeps them in memory alone', async () => {
  for (const name of ['Ida', 'Ivo'])
    await applyAsMedia(site, `${name}@write.example.org`, { fullName: `${name} Writes` });
  const page = await openAs(site, 'Organiser', '/registrations?q=Writes');
  const look = async (name: string): Promise<void> => {
    expect(await faultsOf(page)).toEqual([]);
    for (const view of SHOTS === undefined ? [] : VIEWS) {
      await show(page, view);
      await page.screenshot({ path: `${SHOTS}/write-${name}-${view.width}.png`, fullPage: true });
    }
  };
  await page.getByRole('button', { name: 'Choose all 2 found' }).click();
  await page.getByRole('link', { name: 'Ida Writes' }).click();
  await page.getByRole('button', { name: 'Decline', exact: true }).click();
  await page.getByRole('button', { name: 'Decline and send' }).click();
  expect(await resultOf(page)).toMatch(/Ida Writes is declined/);
  await page.getByRole('link', { name: 'Back to all registrations' }).click();
  await page.getByRole('link', { name: 'Write to these 2 people' }).click();
  await page.getByText('This goes to 1 person.').waitFor();
  await page.getByText('1 person is left out because their registration has ended.').waitFor();
  await page.getByText('2 people chosen in the list').click();
  expect((await page.locator('details[open] li a').allInnerTexts()).sort()).toEqual(['Ida Writes', 'Ivo Writes']);
  await page.getByLabel('Subject (English)').fill('Slides');
  await page.getByLabel('Text (English)').fill('Please send yours.');
  expect(new URL(page.url()).search).toBe('?of=chosen');
  const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  expect(kept).toContain('Please send yours.');
  const shown = await page.locator('details[open] li').allInnerTexts();
  const references = shown.flatMap((text) => text.match(/\w{3}-\w{3}-\w{4}/) ?? []);
  expect(references).toHaveLength(2);
  expect(references.filter((each) => kept.includes(each) || kept.includes(each.replaceAll('-', '')))).toEqual([]);
  await look('composer');
  await page.getByRole('button', { name: 'Look at it before sending' }).click();
  await page.getByRole('heading', { name: 'This is how it reads' }).waitFor();
  await page.getByRole('button', { name: 'Send to 1 person…' }).click();
  await page.getByRole('button', { name: 'Send it now' }).click();
  expect(await resultOf(page)).toBe('The message is on its way. Nobody gets it twice.');
  await page.getByText('2 people chosen in the list').waitFor();
  await page.goto(page.url().replace(/messages\/.*/, 'messages/_new?of=chosen'));
  await page.getByRole('link', { name: 'Choose people in the list' }).waitFor();
});
