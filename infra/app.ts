import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';
import { type Config, readConfig } from './config.ts';
import { ApiStack } from './stacks/api.ts';
import { DataStack } from './stacks/data.ts';
import { DnsStack } from './stacks/dns.ts';
import { EdgeStack, WafStack } from './stacks/edge.ts';
import { IdentityStack } from './stacks/identity.ts';
import { MailStack } from './stacks/mail.ts';
import { PagesStack } from './stacks/pages.ts';
import { WatchStack } from './stacks/watch.ts';
import { WebStack } from './stacks/web.ts';

/** Where `npm run build` puts what is deployed. */
export const BUILT = fileURLToPath(new URL('../dist', import.meta.url));

/**
 * Adds Plenary's stacks to an app, by lifetime: what is kept, how mail leaves, where people find us, where organisers
 * sign in, what answers, and last the two apps that talk to it.
 *
 * @param built folder with `functions/<name>/index.mjs` and `web/`
 * @throws Error that names every configuration key that is wrong
 */
export function addPlenary(app: App, built: string): void {
  const config = readConfig(app.node.getAllContext());
  const data = new DataStack(app, `${config.name}-Data`, config);
  const mail = new MailStack(app, `${config.name}-Mail`, config);
  const edge = edgeOf(app, config);
  const waf = config.isFiltered ? new WafStack(app, `${config.name}-Waf`, config) : undefined;
  const web = new WebStack(app, `${config.name}-Web`, {
    ...{ config, data, folder: join(built, 'web') },
    ...{ certificateArn: config.site?.certificateArn ?? edge?.certificateArn, webAclArn: waf?.webAclArn },
  });
  for (const before of [edge, waf]) if (before) web.addStackDependency(before);
  const signIn = config.signIn ?? new IdentityStack(app, `${config.name}-Identity`, { config, siteUrl: web.siteUrl });
  const api = new ApiStack(app, `${config.name}-Api`, {
    config,
    data,
    mail,
    web,
    signIn,
    folder: join(built, 'functions'),
  });
  const pages = new PagesStack(app, `${config.name}-Pages`, { config, bucket: web.bucket, folder: join(built, 'web') });
  // The apps of the last deployment may meet the API of this one, but not the other way round.
  pages.addStackDependency(api);
  if (config.isWatched) {
    const watched = {
      ...api.watched,
      apiId: web.api.apiId,
      metricNamespace: config.name,
      registryTableName: data.tables.registry.tableName,
      outboxTableName: data.tables.outbox.tableName,
    };
    new WatchStack(app, `${config.name}-Watch`, { config, watched });
  }
  const { hostedZoneId } = config;
  if (hostedZoneId !== undefined) {
    const deployed = { distribution: web.distribution, dkim: mail.dkim };
    new DnsStack(app, `${config.name}-Dns`, { config, hostedZoneId, deployed });
  }
  for (const stack of app.node.children.filter(Stack.isStack)) {
    for (const [key, value] of config.tags) stack.tags.setTag(key, value);
  }
}

/** What makes the site's certificate, where it is not given. */
function edgeOf(app: App, { name, site, hostedZoneId }: Config): EdgeStack | undefined {
  if (site === undefined || site.certificateArn !== undefined || hostedZoneId === undefined) return undefined;
  return new EdgeStack(app, `${name}-Edge`, { domainName: site.domain, hostedZoneId });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) addPlenary(new App(), BUILT);
