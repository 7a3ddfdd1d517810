import { invitationLink } from '../shared/team/invitation/role-invitation.ts';
import { type RoleGrant, roleGrant } from '../shared/team/role/organiser-role.schema.ts';
import { EXIT, runCommand, UsageError } from './command.ts';

const HELP = `Usage: npm run organiser -- invite EVENT --table NAME --audit NAME --site URL [--role ROLE] [--vetted-until DATE]
                                [--reason TEXT] [--label TEXT] [--endpoint URL]

Prints a link that makes an organiser of the first who opens it and signs in, within seven days.
Organisers invite everyone else from the console. Roles that take two people are given here only while the event has no two.

  --role          organiser, unless it is safeguarding, deputy or care
  --vetted-until  the last day for which they were vetted: 2027-12-31
  --reason        why, where everyone of safeguarding was vetted for a time that is over

  --table     the Registry table's name (in AWS: an output of the Data stack)
  --audit     the Audit table's name: owners see there that it was invited
  --site      where the site is (in AWS: the output SiteUrl of the Web stack)
  --label     what the list of organisers calls them
  --endpoint  of DynamoDB, if it is not AWS; region and credentials come from the environment`;

process.exitCode = await runCommand(
  HELP,
  ['table', 'audit', 'site', 'role', 'vetted-until', 'reason', 'label', 'endpoint'],
  async ([command, eventId, ...others], { table, audit, site, role, reason, label, endpoint, ...more }) => {
    if (command !== 'invite') throw new UsageError(command ? `there is no command "${command}"` : 'say what to do');
    if (eventId === undefined || others.length > 0) throw new UsageError('invite needs one event');
    if (table === undefined || audit === undefined || site === undefined)
      throw new UsageError('invite needs --table NAME, --audit NAME and --site URL');
    const grant = grantNamed(role, more['vetted-until']);
    const [{ DynamoDBClient }, { inviteOrganiser }] = await Promise.all([
      import('@aws-sdk/client-dynamodb'),
      import('./invite-organiser.ts'),
    ]);
    const dynamodb = new DynamoDBClient(endpoint === undefined ? {} : { endpoint });
    const { token, expiresAt } = await inviteOrganiser(
      { eventId, label, grant, reason },
      { dynamodb, tableName: table, auditTable: audit },
    );
    console.log(invitationLink(site.replace(/\/$/, ''), eventId, token));
    console.log(`It works once, until ${expiresAt.toISOString()}. Hand it to whom it is for and to nobody else.`);
    return EXIT.done;
  },
);

/** @throws UsageError for a role or a day that is none */
function grantNamed(role = 'organiser', vettedUntil?: string): RoleGrant {
  const grant = role === 'deputy' ? { role: 'safeguarding', deputy: true } : { role };
  const read = roleGrant().safeParse({ ...grant, ...(vettedUntil !== undefined && { vettedUntil }) });
  if (!read.success || read.data.role === 'focal-point') {
    throw new UsageError(
      '--role is organiser, safeguarding, deputy or care, and --vetted-until a day such as 2027-12-31',
    );
  }
  return read.data;
}
