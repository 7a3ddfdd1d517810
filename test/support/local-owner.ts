/** A process that owns a database and writes to it until it is killed; says what was acknowledged. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../local/database.ts';

const [, , directory = ''] = process.argv;
const { client, tables, endpoint } = await startDatabase({ directory });
console.log(`endpoint ${endpoint}`);
for (let number = 0; ; number += 1) {
  await client.send(new PutItemCommand({ TableName: tables.outbox, Item: { id: { S: String(number) } } }));
  console.log(`wrote ${number}`);
}
