/**
 * Makes the template of `engine.ts` for the version of dynoxide that is installed. For maintainers, after an
 * upgrade of dynoxide; needs the `sqlite3` program.
 *
 *     npx tsx local/database/make-template.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { findDynoxide } from './binary.ts';
import { startDynoxide, templateFile } from './engine.ts';

const INDEXES = `
CREATE INDEX stream_newest ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
CREATE INDEX stream_shard ON _stream_records (table_name, shard_id, sequence_number);
PRAGMA wal_checkpoint(TRUNCATE);
PRAGMA journal_mode = DELETE;
VACUUM;`;

const dynoxide = await findDynoxide();
if (dynoxide === undefined) throw new Error('dynoxide is not installed');
const directory = mkdtempSync(join(tmpdir(), 'plenary-template-'));
const file = join(directory, 'template.db');
const { stop } = await startDynoxide(dynoxide.path, file);
await stop();
execFileSync('sqlite3', [file, INDEXES]);
const packed = gzipSync(readFileSync(file), { level: 9 });
writeFileSync(templateFile(dynoxide.version), packed);
rmSync(directory, { recursive: true });
console.log(`${templateFile(dynoxide.version).pathname}: ${packed.length} bytes`);
