import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import type * as z from 'zod';
import { LOCAL_AWS } from '../local/aws.ts';
import { type LocalSystem, startSystem } from '../local/system.ts';
import type { feedbackKeys, feedbackPass, signedToken } from '../shared/feedback/answer/feedback.schema.ts';
import { sessionForm } from '../shared/feedback/form/form.ts';
import { putFormSettings } from '../shared/feedback/form/form-settings.store.ts';
import { addTallies, tallyKey } from '../shared/feedback/result/tally.ts';
import { feedbackToken } from '../shared/feedback/token/feedback-link.store.ts';
import { documentClient } from '../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../shared/kernel/dynamo/transact.store.ts';
import { ENVIRONMENT } from '../shared/kernel/env.ts';
import { kmsSecrets } from '../shared/kernel/keys/secrets.store.ts';
import { realSystem } from '../shared/kernel/system.store.ts';
import type { Registration } from '../shared/registration/registration.schema.ts';
import { feedbackWith } from '../test/support/feedback.ts';
import { quickBlind } from './feedback/quick-blind.ts';
import type { Measure } from './measure.ts';
import { registerPeople } from './people.ts';
import { openPhone, scanOf } from './phone.ts';
import { measurePace } from './rush/pace.ts';
import { percentile } from './statistics.ts';

const EVENT = 'feedback';
const PEOPLE = 5_000;
/** Of the first day, to which everyone came. */
const FORMS = ['opening', 'research-prevention', 'young-voices'].map(sessionForm);
const MOST_SECONDS = 600;
/** Browsers that wait for an answer at the same moment. */
const AT_ONCE = 32;
const DAY = 24 * 60 * 60 * 1000;

type Pass = z.output<typeof feedbackPass>;

/** Everyone who came answers three sessions, through everything that is deployed: each a pass, the keys, a token, and the answers. */
export async function feedback(): Promise<Measure[]> {
  const system = await startSystem({ quiet: true });
  try {
    const people = await registerPeople(system, EVENT, PEOPLE);
    const send = await openPhone(system, EVENT);
    await send(await Promise.all(people.map(scanOf)));
    await openForms(system);
    const answers = people.flatMap((person) => FORMS.map((form) => ({ person, form })));
    const tokens = await tokensOf(system, people);
    let errors = 0;
    const { durations, perSecond } = await measurePace(answers.length, AT_ONCE, async (number) => {
      const { person, form } = answers[number] as (typeof answers)[number];
      const token = tokens.get(person.reference) ?? '';
      await answer(system, { form, token, useful: 1 + (number % 5) }).catch((error: unknown) => {
        errors += 1;
        if (errors < 4) console.error(error);
      });
    });
    const counted = await countedIn(system);
    const rated = counted.flatMap(({ counts }) =>
      [1, 2, 3, 4, 5].map((stars) => counts[tallyKey('useful', stars)] ?? 0),
    );
    return [
      {
        what: `${PEOPLE} people answer three sessions`,
        value: answers.length / perSecond,
        unit: 's',
        budget: { atMost: MOST_SECONDS },
      },
      { what: 'errors', value: errors, unit: 'answers', budget: { exactly: 0 } },
      ...counted.map(({ answers: count }, index) => ({
        what: `counted of ${FORMS[index]}`,
        value: count,
        unit: 'answers',
        budget: { exactly: PEOPLE },
      })),
      {
        what: 'ratings, each as often as it was given',
        value: rated.filter((count) => count === PEOPLE / 5).length,
        unit: 'counts',
        budget: { exactly: 5 * FORMS.length },
      },
      { what: 'an answer, all four requests, p95', value: percentile(durations, 95), unit: 'ms' },
    ];
  } finally {
    await system.stop();
  }
}

function databaseOf({ endpoints }: LocalSystem) {
  const dynamodb = new DynamoDBClient({ ...LOCAL_AWS, endpoint: endpoints.dynamodb });
  return { client: documentClient(dynamodb), close: () => dynamodb.destroy() };
}

async function openForms(system: LocalSystem): Promise<void> {
  const { client, close } = databaseOf(system);
  const opensAt = new Date(Date.now() - DAY).toISOString();
  const settings = Object.fromEntries(FORMS.map((form) => [form, { opensAt }]));
  await writeAll(client, [putFormSettings(system.tables.registry, EVENT, { settings, revision: 0 })], realSystem);
  close();
}

/** What each person's browser keeps after it opened their page. */
async function tokensOf({ endpoints, environment }: LocalSystem, people: readonly Registration[]) {
  const kms = new KMSClient({ ...LOCAL_AWS, endpoint: endpoints.kms });
  const secrets = kmsSecrets({ kms, secretsKey: environment[ENVIRONMENT.secretsKey] ?? '' });
  const pairs = people.map(
    async (each): Promise<[string, string]> => [each.reference, await feedbackToken(each, secrets)],
  );
  const tokens = new Map(await Promise.all(pairs));
  kms.destroy();
  return tokens;
}

/** As a browser does, one request after the other. */
async function answer(
  { siteUrl }: LocalSystem,
  { form, token, useful }: { readonly form: string; readonly token: string; readonly useful: number },
): Promise<void> {
  const base = `${siteUrl}/api/events/${EVENT}/feedback/${form}`;
  const ask = async <T>(url: string, body?: unknown, authorization?: string): Promise<T> => {
    const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
    const isPost = body !== undefined;
    const response = await fetch(url, {
      method: isPost ? 'POST' : 'GET',
      headers,
      ...(isPost && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
    return response.json() as Promise<T>;
  };
  const bearer = `Bearer ${token}`;
  const { group, publicKey, labels } = await ask<Pass>(`${base}/pass`, {}, bearer);
  const { keys } = await ask<z.output<typeof feedbackKeys>>(`${base}/keys`);
  if (keys[group] !== publicKey) throw new Error('keys differ');
  const message = randomBytes(32);
  const { blinded, finish } = quickBlind(Buffer.from(publicKey, 'base64url'), message);
  const { signature: signed } = await ask<z.output<typeof signedToken>>(
    `${base}/tokens`,
    { blinded: blinded.toString('base64url') },
    bearer,
  );
  const signature = finish(Buffer.from(signed, 'base64url')).toString('base64url');
  await ask(base, { token: message.toString('base64url'), signature, ...labels, answers: { useful } });
}

async function countedIn(system: LocalSystem) {
  const { client, close } = databaseOf(system);
  const kms = new KMSClient({ ...LOCAL_AWS, endpoint: system.endpoints.kms });
  const key = system.environment[ENVIRONMENT.feedbackKey] ?? '';
  const { answered } = feedbackWith({ client, table: system.tables.feedback, kms, key });
  const counted = await Promise.all(
    FORMS.map(async (form) => addTallies(Object.values((await answered(EVENT, form)).category))),
  );
  kms.destroy();
  close();
  return counted;
}
