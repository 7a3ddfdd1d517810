import { StartFailure } from '../failure.ts';
import { findDynoxide } from './binary.ts';
import { startDynoxide } from './process.ts';
import { copyTemplate } from './template.ts';

export interface Engine {
  readonly endpoint: string;
  readonly streamsEndpoint: string;
  stop(): Promise<void>;
}

/** The database that this machine has: dynoxide, else whatever `AWS_ENDPOINT_URL_DYNAMODB` names. */
export async function startEngine(file: string, onCrash?: (reason: string) => void): Promise<Engine> {
  const dynoxide = await findDynoxide();
  if (dynoxide !== undefined) {
    await copyTemplate(file, dynoxide.version);
    const { endpoint, stop } = await startDynoxide(dynoxide.path, file, onCrash);
    return { endpoint, streamsEndpoint: endpoint, stop };
  }
  const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  if (!endpoint) throw new StartFailure(HOW_TO_GET_ONE);
  const streamsEndpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB_STREAMS ?? endpoint;
  return { endpoint, streamsEndpoint, stop: async () => undefined };
}

const HOW_TO_GET_ONE = `No database found. Plenary needs one of these:
  - the package @dynoxide/linux-x64, which npm installs on 64-bit Linux: npm ci --include=optional
  - a program called dynoxide on the PATH: brew install nubo-db/tap/dynoxide, cargo install dynoxide-rs,
    or a download from https://github.com/nubo-db/dynoxide/releases
  - a DynamoDB emulator that is already running: AWS_ENDPOINT_URL_DYNAMODB=http://host:port npm start`;
