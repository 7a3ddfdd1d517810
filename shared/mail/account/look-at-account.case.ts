import type { Needs } from '../../kernel/parts.store.ts';

type Deps = Needs<'account' | 'askSes' | 'system'>;

/** Notes how the SES account stands, for the console: nobody there may ask SES. */
export async function lookAtAccount({ askSes, account, system }: Deps): Promise<void> {
  const [said, waitsSince] = await Promise.all([askSes(), account.waitsSince()]);
  await account.put({ ...said, waitsSince, readAt: system.now().toISOString() });
}
