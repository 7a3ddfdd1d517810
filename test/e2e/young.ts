import { completeFields, consentFields, youngFields } from '../support/young.ts';
import { proveAddress } from './guardian.ts';
import { mailTo, manageLinkIn } from './inbox.ts';
import { postForm } from './post.ts';
import type { Site } from './site.ts';

/** Someone who registered: their own page, and their reference. */
export interface Registered {
  readonly email: string;
  readonly link: string;
  readonly reference: string;
}

const addressOf = (name: string, of: 'young' | 'guardian' | 'adult'): string =>
  `${name.toLowerCase().replaceAll(' ', '.')}@${of}.example.org`;

const send = async (address: string, fields: [string, string][]): Promise<void> => {
  const { status } = await fetch(address, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  if (status !== 303) throw new Error(`a form was answered with ${status}`);
};

async function registered(site: Site, email: string): Promise<Registered> {
  const link = manageLinkIn(await mailTo(site.system, email));
  const token = new URL(link).pathname.slice('/m/'.length);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${site.system.siteUrl}/api/registration`, { headers });
  const { reference } = (await answer.json()) as { reference: string };
  return { email, link, reference };
}

/** Someone under 18 whose guardian has no email begins. */
export async function beginOnPaper(site: Site, name: string): Promise<Registered> {
  const email = addressOf(name, 'young');
  const onPaper = { 'guardian.name': `Parent of ${name}`, 'guardian.email': '', 'guardian.onPaper': 'yes' };
  await send(`${site.form}/young`, youngFields({ name, email, ...onPaper }));
  return registered(site, email);
}

/** Someone under 18 whose guardian is asked by mail begins. */
export async function beginByMail(site: Site, name: string, guardian: string): Promise<Registered> {
  const email = addressOf(name, 'young');
  await send(`${site.form}/young`, youngFields({ name, email, 'guardian.email': guardian }));
  const young = await registered(site, email);
  await proveAddress(young.link);
  return young;
}

/** Someone under 18 who comes in person, with all answers and a guardian who agreed by mail. */
export async function registerYoung(site: Site, name: string): Promise<Registered> {
  const guardian = addressOf(name, 'guardian');
  const young = await beginByMail(site, name, guardian);
  const [consent = ''] = /\S+\/g\/[\w.-]+/.exec((await mailTo(site.system, guardian)).text) ?? [];
  await send(consent, consentFields(true));
  await send(`${young.link}/complete`, completeFields({ fullName: name }));
  return young;
}

/** An adult with a seat in the room, who may be asked to look after young people. */
export async function registerAdult(
  site: Site,
  fullName: string,
  others: Record<string, string> = {},
): Promise<Registered> {
  const email = addressOf(fullName, 'adult');
  const { status } = await postForm(site, { email, fullName, ...others });
  if (status !== 303) throw new Error(`the form was answered with ${status}`);
  return registered(site, email);
}

/** An adult says yes on their own page. */
export const acceptChaperoning = ({ link }: Registered): Promise<void> => send(link, [['action', 'chaperone-accept']]);
