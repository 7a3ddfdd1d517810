import { StartFailure } from './running-parts.ts';

export interface Options {
  readonly port: number;
  readonly fresh: boolean;
  readonly sandbox: boolean;
}

const DEFAULT_PORT = 3000;
const USAGE = `npm start [-- --fresh --sandbox]
  --fresh    forget everything that was kept in .local/
  --sandbox  mail as from a new account: nobody gets any whose address SES has not verified
  PORT=3100  moves the site from port ${DEFAULT_PORT}`;

/** @throws StartFailure with the usage, for anything it does not know */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options {
  const unknown = args.find((arg) => !['--fresh', '--sandbox'].includes(arg));
  if (unknown !== undefined) throw new StartFailure(`Unknown option ${unknown}\n\n${USAGE}`);
  const port = environment.PORT ? Number(environment.PORT) : DEFAULT_PORT;
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartFailure(`PORT is a number from 1 to 65535, not ${environment.PORT}`);
  }
  // npm takes an option for its own where the `--` before it was forgotten.
  const has = (name: string): boolean => args.includes(`--${name}`) || environment[`npm_config_${name}`] === 'true';
  return { port, fresh: has('fresh'), sandbox: has('sandbox') };
}
