import type { FormSettings } from '../../shared/feedback/feedback-items.schema.ts';
import { putFormSettings, readFormSettings } from '../../shared/feedback/form/form-settings.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import type { Parts } from './parts.ts';

/** Forms that are open now, though the event is far away. */
export const OPEN_NOW = { opensAt: new Date(Date.now() - 24 * 3_600_000).toISOString() };

/** Sets forms as an organiser would, whatever was set before. */
export async function setForms(parts: Parts, eventId: string, settings: FormSettings): Promise<void> {
  const client = documentClient(parts.database.client);
  const { registry } = parts.database.tables;
  const { revision } = await readFormSettings(client, registry, eventId);
  await writeAll(client, [putFormSettings(registry, eventId, { settings, revision })], realSystem);
}
