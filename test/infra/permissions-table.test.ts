import { expect, it } from 'vitest';
import { MANIFESTS } from '../../functions/manifests.ts';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';
import type { Manifest } from '../../shared/kernel/manifest.ts';

/** What a person reads of all manifests; what the templates say of it is `permissions.test.ts`'s. */
function table(): string {
  const sections = Object.values<Manifest>(MANIFESTS).map((each) => {
    const { name, purpose, memory, timeout, stream, isWoken, hearsOfMail, timers = {}, environment, access } = each;
    const called = [
      ...(stream ? [`each new item of the outbox with \`${stream.attribute}\`, up to ${stream.together} at once`] : []),
      ...(stream?.soon
        ? [`one with ${stream.soon.map((each) => `\`${each}\``).join(', ')} also where it has to wait`]
        : []),
      ...(isWoken ? ['each id of a job that it put into the queue of wake-ups, at its time'] : []),
      ...(hearsOfMail ? ['what SES tells of each mail'] : []),
      ...Object.entries(timers).map(([timer, { everyMinutes }]) => `\`${timer}\`, every ${minutes(everyMinutes)}`),
    ];
    return [
      `## ${name}`,
      `${purpose[0]?.toUpperCase()}${purpose.slice(1)}. ${memory.toLocaleString('en')} MB, ${timeout} seconds.`,
      ...(called.length > 0 ? [`Besides requests, or in place of them, it is called by ${called.join('; ')}.`] : []),
      `Variables: ${environment.map((key) => `\`${ENVIRONMENT[key]}\``).join(', ')}.`,
      ['| resource | actions |', '| --- | --- |', ...rows(access)].join('\n'),
    ].join('\n\n');
  });
  return [HEAD, ...sections].join('\n\n').concat('\n');
}

const HEAD = `# What each function may do

Generated from \`functions/<name>/function.ts\` (\`npx vitest run test/infra/permissions-table.test.ts -u\`).
A resource is a table, a key or a part of either: \`infra/stacks/api.ts\` says which keys, indexes and attributes it stands for. Who may put, update or
delete an item may be shown it by IAM, where a condition fails: [what IAM holds](operations.md#what-iam-holds).`;

const minutes = (count: number): string => (count === 1 ? 'minute' : `${count} minutes`);

const rows = (access: Manifest['access']): string[] =>
  Object.entries(access).map(([resource, actions]) => {
    const [service] = actions[0]?.split(':') ?? [];
    return `| ${resource} | ${service}: ${actions.map((action) => action.split(':')[1]).join(', ')} |`;
  });

it('IN2: the table that people read says what the manifests say', async () => {
  await expect(table()).toMatchFileSnapshot('../../docs/permissions.md');
});
