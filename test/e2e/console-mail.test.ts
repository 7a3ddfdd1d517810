import { afterAll, beforeAll, expect, it } from 'vitest';
import { consoleOf, openAs, resultOf } from './console.ts';
import { eventually } from './eventually.ts';
import { mailsTo, mailTo } from './inbox.ts';
import { postForm } from './post.ts';
import { shown } from './reading.ts';
import { type Site, startSite } from './site.ts';
import { bringForward, holdMail, readTables } from './tables.ts';
import { faultsOf, movedIn, VIEWS, watchShifts } from './views.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite({ sandbox: true });
});
afterAll(() => site?.stop());

const BANNER = 'Only verified addresses get mail: the SES account is in its sandbox.';

const HELD = 'No mail leaves: this system was restored from a backup.';

// First of all: an instance that found once that nothing is held does not look again.
it('CS20: after a restore mail is held, each screen says so and why, and it leaves once an owner lets it', async () => {
  await holdMail(site.system, { since: '2026-12-01T09:30:00Z', restoredTo: '2026-12-01T09:00:00Z' });
  const to = 'someone@plenary.example.org';
  await postForm(site, { email: to, mode: 'online' });
  const waiting = ({ outbox = [] }: Awaited<ReturnType<typeof readTables>>) =>
    outbox.find((item) => item['to'] === to && item['notBefore'] !== undefined);
  const held = waiting(
    await eventually(
      () => readTables(site.system),
      (tables) => waiting(tables) !== undefined,
    ),
  );
  expect(held).toMatchObject({ state: 'pending', attempts: 0 });

  const others = await openAs(site, 'Communications', '/mail');
  await others.getByText('An owner lets mail leave.', { exact: true }).waitFor();
  expect(await others.getByRole('button', { name: 'Mail may leave' }).count()).toBe(0);
  await others.context().close();

  const page = await openAs(site, 'Organiser', '/registrations');
  await page.getByText(HELD).waitFor();
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByText(`${HELD} An owner lets mail leave.`).waitFor();
  const card = page.getByRole('region', { name: 'Mail is held' });
  await page.addInitScript(watchShifts);
  for (const view of VIEWS)
    expect(
      await movedIn(page, view, async () => {
        await page.goto(consoleOf(site, '/mail'));
        await card.waitFor();
      }),
    ).toEqual([]);
  expect(await shown(card)).toMatch(
    /restored on 1 Dec 2026, 16:30, Phnom Penh time, to what it held on 1 Dec 2026, 16:00\..*Nobody is mailed/s,
  );
  expect(await shown(page.locator('.facts'))).toMatch(/Waiting to leave\s+1 mail/);
  expect(await faultsOf(page)).toEqual([]);
  expect(await mailsTo(site.system, to)).toEqual([]);

  await page.getByRole('button', { name: 'Mail may leave' }).click();
  expect(await resultOf(page)).toBe('Mail leaves again within a minute.');
  for (const gone of [card, page.getByText(HELD)]) await gone.waitFor({ state: 'detached' });
  await bringForward(site.system, String(held?.['kind']), to);
  expect((await mailTo(site.system, to)).subject).toContain('registered');
  await page.context().close();
});

it('in the sandbox organisers see on each screen that mail reaches few, what that means and how to leave', async () => {
  const page = await openAs(site, 'Organiser', '/registrations');
  await page.getByText(BANNER).waitFor();
  expect(await page.getByRole('link', { name: 'Leave the sandbox' }).getAttribute('href')).toMatch(
    /^https:\/\/ap-southeast-1\.console\.aws\.amazon\.com\/ses\//,
  );
  await page.getByRole('link', { name: 'What this means' }).click();
  await page.getByRole('heading', { level: 1, name: 'Mail' }).waitFor();
  await page.getByText('requests production access').waitFor();
  await page.getByText(BANNER).waitFor();
  expect(await page.getByRole('link', { name: 'What this means' }).count()).toBe(0);
  expect(await shown(page.locator('.facts'))).toMatch(
    /Waiting to leave\s+Nothing.*0 of 200 mails.*Looked at\s+\d+ \w+ \d{4}, \d\d:\d\d, Phnom Penh time/s,
  );
  expect(await faultsOf(page)).toEqual([]);

  await postForm(site, { email: 'stranger@elsewhere.example.org', mode: 'online' });
  await eventually(
    () => readTables(site.system),
    ({ outbox = [] }) => outbox.some(({ state, attempts }) => state === 'pending' && attempts === 1),
  );
  await page.getByRole('button', { name: 'Read this again' }).click();
  expect(await resultOf(page)).toBe('This is what is known now.');
  await page.getByText('1 mail', { exact: true }).waitFor();
  await page.context().close();
});

it('others are not troubled with it', async () => {
  const page = await openAs(site, 'Focal point for Cambodia', '/registrations');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByText(BANNER).count()).toBe(0);
  await page.context().close();
});
