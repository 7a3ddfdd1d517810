import type { IncomingHttpHeaders } from 'node:http';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { LOCAL_AWS } from '../../local/aws.ts';
import { HOST, listen } from '../../local/http.ts';
import { documentClient, lean } from '../../shared/kernel/dynamo/client.store.ts';

/** A client, and the headers of what it sends. */
async function startClient() {
  const sent: IncomingHttpHeaders[] = [];
  const server = await listen((request, response) => {
    sent.push(request.headers);
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
  }, 0);
  const client = new DynamoDBClient({ ...LOCAL_AWS, endpoint: `http://${HOST}:${server.port}` });
  const { signer } = client.config;
  let signers = 0;
  client.config.signer = (scheme) => {
    signers += 1;
    return signer(scheme);
  };
  onTestFinished(async () => {
    client.destroy();
    await server.stop();
  });
  const read = (pk: string) => client.send(new GetItemCommand({ TableName: 'any', Key: { pk: { S: pk } } }));
  return { client, read, sent, signers: () => signers };
}

test('a client makes one signer, which signs each request anew', async () => {
  const { client, read, sent, signers } = await startClient();
  await read('as it comes');
  await read('again');
  expect(signers()).toBe(2);
  lean(client);
  await read('first');
  await read('second');
  expect(signers()).toBe(3);
  const signatures = sent.map(({ authorization }) => authorization);
  for (const each of signatures) expect(each).toMatch(/^AWS4-HMAC-SHA256 Credential=\S+\/dynamodb\/aws4_request, /);
  expect(new Set(signatures).size).toBe(4);
});

test('what it sends is the same but for who asks', async () => {
  const { client, read, sent } = await startClient();
  await read('one');
  lean(client);
  await read('one');
  const [before, after] = sent.map((headers) => Object.keys(headers));
  expect(before?.filter((name) => !after?.includes(name))).toEqual(['x-amz-user-agent', 'user-agent']);
});

test('a client that is taken for documents again does nothing twice', async () => {
  const { client } = await startClient();
  documentClient(client);
  const once = client.middlewareStack.identify();
  documentClient(client);
  expect(client.middlewareStack.identify()).toEqual(once);
});
