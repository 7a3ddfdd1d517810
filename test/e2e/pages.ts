import type { LocalSystem } from '../../local/system.ts';
import { mailTo, manageLinkIn } from './inbox.ts';
import { postForm } from './post.ts';
import type { Site } from './site.ts';

/** Addresses of every page of the flow, for one attendee. */
export interface Pages {
  readonly event: string;
  readonly form: string;
  readonly thanks: string;
  readonly manage: string;
  readonly join: string;
  readonly privacy: string;
  readonly youngPeople: string;
  readonly accessibility: string;
  readonly unknownEvent: string;
  readonly brokenLink: string;
}

/** Registers someone who takes part online, and names every page that he or she can then open. */
export async function registerOnline(site: Site, changes: Record<string, unknown> & { email: string }): Promise<Pages> {
  const { status } = await postForm(site, { mode: 'online', ...changes });
  if (status !== 303) throw new Error(`the form was answered with ${status}`);
  const manage = manageLinkIn(await mailTo(site.system, changes.email));
  return {
    event: site.event,
    form: site.form,
    thanks: `${site.event}/thanks`,
    manage,
    join: await firstJoinLink(site.system, manage),
    privacy: `${site.event}/privacy`,
    youngPeople: `${site.event}/young-people`,
    accessibility: `${site.event}/accessibility`,
    unknownEvent: `${site.system.siteUrl}/e/no-such-event`,
    brokenLink: `${manage.slice(0, -1)}${manage.endsWith('A') ? 'Q' : 'A'}`,
  };
}

async function firstJoinLink({ siteUrl }: LocalSystem, manage: string): Promise<string> {
  const token = new URL(manage).pathname.slice('/m/'.length);
  const answer = await fetch(`${siteUrl}/api/registration`, { headers: { authorization: `Bearer ${token}` } });
  const { joinLinks = [] } = (await answer.json()) as { joinLinks?: { path: string }[] };
  return `${siteUrl}${joinLinks[0]?.path}`;
}
