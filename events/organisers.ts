import { invitationLink } from '../shared/domain/role-invitation.ts';
import { EXIT, runCommand, UsageError } from './command.ts';

const HELP = `Usage: npm run organiser -- invite EVENT --table NAME --site URL [--label TEXT] [--endpoint URL]

Prints a link that makes an organiser of whoever opens it first and signs in, within seven days.
Organisers invite everyone else from the console.

  --table     the Registry table's name (in AWS: an output of the Data stack)
  --site      where the site is (in AWS: the output SiteUrl of the Web stack)
  --label     what the list of organisers calls them
  --endpoint  of DynamoDB, if it is not AWS; region and credentials come from the environment`;

process.exitCode = await runCommand(
  HELP,
  ['table', 'site', 'label', 'endpoint'],
  async ([command, eventId, ...others], { table, site, label, endpoint }) => {
    if (command !== 'invite') throw new UsageError(command ? `there is no command "${command}"` : 'say what to do');
    if (eventId === undefined || others.length > 0) throw new UsageError('invite needs one event');
    if (table === undefined || site === undefined) throw new UsageError('invite needs --table NAME and --site URL');
    // The SDK would warn of older versions of Node.
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
    const [{ DynamoDBClient }, { inviteOrganiser }] = await Promise.all([
      import('@aws-sdk/client-dynamodb'),
      import('./invite-organiser.ts'),
    ]);
    const dynamodb = new DynamoDBClient(endpoint === undefined ? {} : { endpoint });
    const { token, expiresAt } = await inviteOrganiser({ eventId, label }, { dynamodb, tableName: table });
    console.log(invitationLink(site.replace(/\/$/, ''), eventId, token));
    console.log(`It works once, until ${expiresAt.toISOString()}. Hand it to the organiser and to nobody else.`);
    return EXIT.done;
  },
);
