import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSendQuotaCommand, SESClient, SendRawEmailCommand, VerifyEmailAddressCommand } from '@aws-sdk/client-ses';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import type { JsonMessage } from '../../local/mailbox/inbox.ts';
import { type LocalMailbox, startMailbox } from '../../local/mailbox.ts';

let directory: string;
let mailbox: LocalMailbox;
let ses: SESClient;

async function start(): Promise<void> {
  mailbox = await startMailbox({ directory });
  ses = new SESClient({ ...LOCAL_AWS, endpoint: mailbox.endpoint, maxAttempts: 1 });
}

async function stop(): Promise<void> {
  ses.destroy();
  await mailbox.stop();
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
  await start();
});

afterEach(async () => {
  await stop();
  await rm(directory, { recursive: true });
});

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const compose = (change: object = {}): Promise<Buffer> =>
  new MailComposer({
    from: 'Forum <forum@mail.test>',
    to: 'ann@example.org',
    subject: 'សួស្តី & <welcome>',
    text: 'plain <text>',
    html: '<html><head><title>t</title></head><body><img src="cid:code@plenary"><a href="https://forum.test/m/x">Open</a></body></html>',
    attachments: [
      { filename: 'code.png', content: PIXEL, cid: 'code@plenary' },
      { filename: 'forum.ics', content: 'BEGIN:VCALENDAR', contentType: 'text/calendar' },
    ],
    ...change,
  })
    .compile()
    .build();

async function send(raw: Uint8Array, extra: object = {}): Promise<string> {
  const { MessageId = '' } = await ses.send(
    new SendRawEmailCommand({
      RawMessage: { Data: raw },
      ConfigurationSetName: 'plenary',
      Tags: [{ Name: 'outboxId', Value: 'message_1' }],
      ...extra,
    }),
  );
  return MessageId;
}

const get = async (path: string): Promise<Response> => fetch(mailbox.url + path);
const messagesTo = async (address: string): Promise<JsonMessage[]> =>
  (await get(`/messages?to=${encodeURIComponent(address)}`)).json() as Promise<JsonMessage[]>;

describe('what is sent through SES', () => {
  it('is kept byte for byte with its tags, and readable', async () => {
    const raw = await compose();
    const id = await send(raw);
    expect(await readFile(join(directory, `mail/${id}.eml`))).toEqual(raw);
    const [message] = await messagesTo('ANN@example.org');
    expect(message).toMatchObject({
      id,
      from: '"Forum" <forum@mail.test>',
      to: 'ann@example.org',
      destinations: ['ann@example.org'],
      subject: 'សួស្តី & <welcome>',
      text: 'plain <text>',
      html: expect.stringContaining('cid:code@plenary'),
      tags: { outboxId: 'message_1' },
      configurationSet: 'plenary',
      attachments: [
        { filename: 'code.png', contentType: 'image/png', inline: true, cid: 'code@plenary' },
        { filename: 'forum.ics', contentType: 'text/calendar', inline: false },
      ],
    });
    expect(Buffer.from(message?.attachments[0]?.content ?? '', 'base64')).toEqual(PIXEL);
  });

  it('is found by its recipient, newest first, also after a restart', async () => {
    const first = await send(await compose());
    const second = await send(await compose(), { Destinations: ['ann@example.org', 'bob@example.org'] });
    expect((await messagesTo('ann@example.org')).map(({ id }) => id)).toEqual([second, first]);
    expect((await messagesTo('bob@example.org')).map(({ id }) => id)).toEqual([second]);
    expect(await messagesTo('ann@example.or')).toEqual([]);
    await stop();
    await start();
    expect((await messagesTo('ann@example.org')).map(({ id }) => id)).toEqual([second, first]);
  });

  it('counts against the quota', async () => {
    await send(await compose(), { Destinations: ['ann@example.org', 'bob@example.org'] });
    const quota = await ses.send(new GetSendQuotaCommand({}));
    expect(quota).toMatchObject({ SentLast24Hours: 2, Max24HourSend: 50_000, MaxSendRate: 200 });
  });
});

describe('what SES refuses', () => {
  const withoutFrom = Buffer.from('To: ann@example.org\r\nSubject: x\r\n\r\nhello');

  it.each([
    ['a message without a sender', withoutFrom, {}],
    ['an address without a domain', undefined, { Destinations: ['ann'] }],
    ['an address with a line break in it', undefined, { Destinations: ['ann\r\n@example.org'] }],
    ['a tag with a space in it', undefined, { Tags: [{ Name: 'outboxId', Value: 'a b' }] }],
    ['more than 50 recipients', undefined, { Destinations: Array(51).fill('ann@example.org') }],
  ])('%s', async (_, raw, extra) => {
    await expect(send(raw ?? (await compose()), extra)).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      $metadata: { httpStatusCode: 400 },
    });
    expect(await (await get('/messages')).json()).toEqual([]);
  });

  it('an operation that is not here, at once', async () => {
    const attempt = ses.send(new VerifyEmailAddressCommand({ EmailAddress: 'ann@example.org' }));
    await expect(attempt).rejects.toMatchObject({ name: 'InvalidAction' });
  });

  it('keeps the words of the emulator for the other protocol', async () => {
    const response = await fetch(`${mailbox.endpoint}/v2/email/outbound-emails`, {
      method: 'POST',
      headers: { authorization: 'AWS4 x', 'content-type': 'application/json' },
      body: '{}',
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ message: 'Bad Request Exception' }),
    ]);
  });
});

describe('the inbox page', () => {
  it('lists messages, filtered by address, everything escaped', async () => {
    await send(await compose({ to: 'ann@example.org' }));
    const page = await (await get('/')).text();
    expect(page).toContain('សួស្តី &amp; &lt;welcome&gt;');
    expect(page).toContain('1 message<');
    expect(await (await get('/?to=ANN')).text()).toContain('1 message<');
    expect(await (await get('/?to=%22%3E%3Cb%3E')).text()).toContain('value="&quot;&gt;&lt;b&gt;"');
    expect(await (await get('/?to=bob')).text()).toContain('0 messages<');
  });

  it('shows a message with its text, files and tags', async () => {
    const id = await send(await compose());
    const response = await get(`/messages/${id}`);
    const page = await response.text();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const part of ['plain &lt;text&gt;', 'outboxId=message_1', 'code.png', 'forum.ics', `/messages/${id}/raw`]) {
      expect(page).toContain(part);
    }
    expect(page).not.toContain('<welcome>');
  });

  it('shows the HTML body in a sandbox, images in it, links in tabs of their own', async () => {
    const id = await send(await compose());
    const response = await get(`/messages/${id}/html`);
    const body = await response.text();
    expect(response.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups [^;]*; default-src 'none'/);
    expect(response.headers.get('content-security-policy')).not.toContain('allow-scripts');
    expect(body).toContain(`src="data:image/png;base64,${PIXEL.toString('base64')}"`);
    expect(body).toContain('<head><base target="_blank">');
  });

  it('hands out files and the source', async () => {
    const raw = await compose();
    const id = await send(raw);
    const file = await get(`/messages/${id}/attachments/1`);
    expect(await file.text()).toBe('BEGIN:VCALENDAR');
    expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''forum.ics");
    expect(Buffer.from(await (await get(`/messages/${id}/raw`)).arrayBuffer())).toEqual(raw);
  });

  it.each(['/messages/none', '/messages/none/raw', '/elsewhere', '/messages/..%2f..%2fkeys'])(
    '404 for %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('404 for a part that a message has not', async () => {
    const id = await send(await compose());
    expect((await get(`/messages/${id}/attachments/2`)).status).toBe(404);
    expect((await get(`/messages/${id}/attachments/x`)).status).toBe(404);
  });
});
