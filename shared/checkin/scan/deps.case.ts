import type { Needs } from '../../kernel/parts.store.ts';

/** What it takes to bring in what a phone scanned. */
export type ScanDeps = Needs<'auditTable' | 'client' | 'listRegistrations' | 'registry' | 'system'>;
