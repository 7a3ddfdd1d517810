import { isRecordOutput } from '../../infra/stacks/dns.ts';
import { MAIL_ATTRIBUTE } from '../../shared/kernel/dynamo/tables.ts';
import { callsAShard, callsBesides } from '../../shared/mail/limits/send-pace.ts';
import type { AskedAccount, AwsAnswer } from './ask.ts';
import { type AccountFacts, type Opening, openingOf } from './carries.ts';
import { lackingIn, nearestWithAll, UNSURE_OF_HTTP_APIS, unlistedIn } from './regions.ts';

/** What was found of one thing: as it has to be, to be seen to, in the way of a deployment, or not to be known. */
interface Finding {
  readonly state: 'good' | 'see to it' | 'in the way' | 'unknown';
  readonly what: string;
  readonly says: string;
  /** Commands, or what else there is to do. */
  readonly todo?: readonly string[];
}

/** How many people an opening is reckoned for. */
const OPENINGS = [300, 1_000, 5_000, 20_000] as const;

/**
 * All of it as lines of one page. `isReady` says whether nothing is in the way of a deployment.
 *
 * @param expected people, in the minute in which registration opens
 */
export function preflightPage(
  account: AskedAccount,
  expected?: number,
): { readonly lines: readonly string[]; readonly isReady: boolean } {
  const findings = findingsOf(account);
  const openings = (expected === undefined ? OPENINGS : [expected]).map((people) =>
    openingOf(factsOf(account), people, callsBesides(callsFor(account.mailsPerSecond))),
  );
  return {
    lines: [
      `Account ${account.id}, region ${account.region}. Nothing was changed.`,
      '',
      ...findings.flatMap(linesOf),
      '',
      'Registration opens, and all who want to come press within one minute:',
      ...openings.map(openingLine),
      ...todoOf(openings, account),
    ],
    isReady: findings.every(({ state }) => state !== 'in the way'),
  };
}

const linesOf = ({ state, what, says, todo = [] }: Finding): string[] => [
  `${state.padEnd(11)} ${what}: ${says}`,
  ...todo.map((each) => `${' '.repeat(12)}${each}`),
];

const findingsOf = (account: AskedAccount): readonly Finding[] => [
  region(account),
  ...inTheWay('Region', account.types, 'whether CloudFormation makes all there that is needed'),
  ...httpApis(account),
  bootstrap(account),
  system(account),
  ...inTheWay('System', account.alike, 'whether another one has nearly this name'),
  distribution(account),
  ...records(account),
  ...inTheWay('DNS', account.delegation, 'whether it leads to the hosted zone'),
  ...mail(account),
  ...mailDomain(account),
  ...cognito(account),
];

function region({ region: name, availability }: AskedAccount): Finding {
  const what = 'Region';
  if ('refused' in availability) return unknown(what, availability, 'whether it has every service');
  const lacking = lackingIn(name, availability.answer);
  const unlisted = unlistedIn(availability.answer);
  if (lacking.length === 0 && unlisted.length > 0)
    return {
      state: 'unknown',
      what,
      says: `whether ${name} has ${unlisted.join(' and ')}: AWS lists no region that does`,
    };
  if (lacking.length === 0) return { state: 'good', what, says: `${name} has every service that is needed` };
  const nearest = nearestWithAll(name, availability.answer);
  const todo = nearest === undefined ? [] : [`export AWS_REGION=${nearest}   # the nearest that has all`];
  return { state: 'in the way', what, says: `${name} has no ${lacking.join(', no ')}`, todo };
}

/** What was found wrong, each in the way. */
const inTheWay = (what: string, asked: AwsAnswer<readonly string[]> | undefined, about: string): readonly Finding[] =>
  asked === undefined
    ? []
    : 'refused' in asked
      ? [unknown(what, asked, about)]
      : asked.answer.map((says) => ({ state: 'in the way', what, says }));

/** Of a region with a system, nothing has to be asked. */
function httpApis({ region: name, stacks }: AskedAccount): readonly Finding[] {
  if (!UNSURE_OF_HTTP_APIS.test(name) || 'Web' in (answerOf(stacks) ?? {})) return [];
  const says = `whether ${name} has HTTP APIs, only making one tells: this does`;
  const make = 'API=$(aws apigatewayv2 create-api --name try --protocol-type HTTP --query ApiId --output text)';
  return [
    { state: 'unknown', what: 'API Gateway', says, todo: [`${make} && aws apigatewayv2 delete-api --api-id "$API"`] },
  ];
}

function bootstrap({ unprepared, region: at }: AskedAccount): Finding {
  const what = 'CDK';
  if ('refused' in unprepared) return unknown(what, unprepared, 'whether account and region are prepared');
  const { answer: lacking } = unprepared;
  if (lacking.length === 0) return { state: 'good', what, says: 'account and region are prepared' };
  const says = lacking.join() === at ? 'account and region are not prepared' : `not prepared: ${lacking.join(' and ')}`;
  return { state: 'in the way', what, says, todo: ['npx cdk bootstrap'] };
}

function system({ stacks }: AskedAccount): Finding {
  const what = 'System';
  if ('refused' in stacks) return unknown(what, stacks, 'which stacks are deployed');
  const names = Object.keys(stacks.answer);
  return names.length === 0
    ? { state: 'good', what, says: 'none is deployed under this name yet' }
    : { state: 'good', what, says: `deployed: ${names.join(', ')}` };
}

function distribution({ stacks }: AskedAccount): Finding {
  const what = 'CloudFront';
  if ('refused' in stacks) return unknown(what, stacks, 'whether it serves this account');
  return 'Web' in stacks.answer
    ? { state: 'good', what, says: 'serves this account' }
    : {
        state: 'unknown',
        what,
        says: 'AWS says whether it serves an account only with the first distribution: docs/operations.md, "Before you deploy", 1',
      };
}

/** What is made in the hosted zone, and what is to be made by hand, of which AWS does not know whether it was. */
function records({ zone, stacks }: AskedAccount): readonly Finding[] {
  const what = 'DNS';
  const byHand = Object.values(answerOf(stacks) ?? {}).flatMap((outputs) =>
    Object.entries(outputs).flatMap(([name, value]) => (isRecordOutput(name) ? [value] : [])),
  );
  const inZone: readonly Finding[] =
    zone === undefined
      ? []
      : 'refused' in zone
        ? [unknown(what, zone, 'whether the hosted zone has room for the records')]
        : zone.answer.length === 0
          ? [{ state: 'good', what, says: 'the hosted zone has room for the records, or has them' }]
          : zone.answer.map((says) => ({ state: 'in the way', what, says }));
  if (byHand.length === 0) return inZone;
  return [...inZone, { state: 'unknown', what, says: 'needs these records, which are not made here', todo: byHand }];
}

/** Of the outbox, for each shard of its stream. */
const callsFor = (perSecond: number): number => callsAShard({ attribute: MAIL_ATTRIBUTE }, perSecond);

function mail({ mail: asked, sender, region: at, mailsPerSecond: configured }: AskedAccount): readonly Finding[] {
  const what = 'SES';
  if ('refused' in asked) return [unknown(what, asked, 'whether mail may leave')];
  const { production, sending, perSecond, daily, senderVerified } = asked.answer;
  const pace = `${perSecond} a second, ${daily === undefined ? 'without end' : `${number(daily)} a day`}`;
  const sandbox: Finding = production
    ? { state: 'good', what, says: `writes to everyone: ${pace}` }
    : {
        state: 'see to it',
        what,
        says: `is a sandbox: only verified addresses get mail, ${pace}`,
        todo: [
          `https://${at}.console.aws.amazon.com/ses/home?region=${at}#/account   # request production access; about a day`,
        ],
      };
  return [
    sandbox,
    ...(sending ? [] : [{ state: 'in the way', what, says: 'AWS has paused this account: no mail leaves' } as const]),
    ...(callsFor(perSecond) > callsFor(configured) ? [faster(perSecond)] : []),
    senderOf(sender, senderVerified),
  ];
}

const faster = (perSecond: number): Finding => ({
  state: 'see to it',
  what: 'SES',
  says: `takes ${number(perSecond)} mails a second, which more functions send at once: set plenary:mailsPerSecond to ${perSecond}, and deploy again`,
});

function senderOf(sender: string | undefined, isVerified: boolean): Finding {
  const what = 'Sender';
  if (sender === undefined) return { state: 'unknown', what, says: 'known once Mail is deployed' };
  return isVerified
    ? { state: 'good', what, says: `${sender} is verified` }
    : { state: 'see to it', what, says: `${sender} is not verified: no mail leaves (docs/operations.md, "Mail")` };
}

/** How far SES is with the domain that mail is from; nothing of one that it has not got yet. */
function mailDomain({ mailDomain: asked }: AskedAccount): readonly Finding[] {
  if (asked === undefined) return [];
  if ('refused' in asked) return [unknown('DKIM', asked, 'how far SES is with the mail domain')];
  const { name, isOwn, dkim, mailFrom, mailFromDomain } = asked.answer;
  if (!isOwn) {
    return [
      {
        ...{ state: 'in the way', what: 'DKIM' },
        says: `SES has ${name} already, which the stack Mail makes itself`,
        todo: [
          `leave plenary:mailDomain out, and set plenary:mailFrom to an address of ${name}, or`,
          `aws sesv2 delete-email-identity --email-identity ${name}   # nothing leaves in its name until Mail is deployed`,
        ],
      },
    ];
  }
  return [
    dkim === 'SUCCESS'
      ? { state: 'good', what: 'DKIM', says: `mail of ${name} is signed` }
      : { state: 'see to it', what: 'DKIM', says: `SES has not found the records of ${name} (${dkim})` },
    mailFrom === 'SUCCESS'
      ? { state: 'good', what: 'MAIL FROM', says: `mail comes back to ${mailFromDomain}` }
      : {
          ...{ state: 'see to it', what: 'MAIL FROM' },
          says: `SES has not found the MX of ${mailFromDomain} (${mailFrom}): mail comes back to its own domain meanwhile`,
        },
  ];
}

function cognito({ cognitoMails }: AskedAccount): readonly Finding[] {
  if (cognitoMails === undefined) return [];
  const what = 'Cognito';
  if ('refused' in cognitoMails) return [unknown(what, cognitoMails, 'by whom it mails codes')];
  return cognitoMails.answer
    ? [{ state: 'see to it', what, says: 'mails 50 codes a day: invite more than 40 organisers over several days' }]
    : [{ state: 'good', what, says: 'mails codes by SES' }];
}

const unknown = (what: string, { refused }: { readonly refused: string }, about: string): Finding => ({
  ...{ state: 'unknown', what },
  says: `${about} could not be asked (${refused})`,
});

const answerOf = <T>(asked: AwsAnswer<T>): T | undefined => ('answer' in asked ? asked.answer : undefined);

function factsOf({ concurrency, requestsPerSecond, writeUnitsPerSecond, mail: asked }: AskedAccount): AccountFacts {
  const ses = answerOf(asked);
  return {
    concurrency: answerOf(concurrency),
    requestsPerSecond: answerOf(requestsPerSecond),
    writeUnitsPerSecond: answerOf(writeUnitsPerSecond),
    mailsPerSecond: ses?.perSecond,
    mailsPerDay: ses && (ses.daily ?? Number.POSITIVE_INFINITY),
  };
}

/** What each fact is called, and how it is raised. */
const FACTS: Readonly<
  Record<
    keyof AccountFacts,
    { readonly called: string; readonly raise: (to: number, region: string, name: string) => string }
  >
> = {
  concurrency: {
    called: 'functions at once',
    raise: (to) =>
      `aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value ${Math.max(1000, to)}`,
  },
  requestsPerSecond: {
    called: 'requests a second',
    raise: (to, region) => quotaPage('apigateway', region, `Throttle rate: ${to}`),
  },
  writeUnitsPerSecond: {
    called: 'write units a second',
    raise: (to, _, name) =>
      `npm run warm -- --stage ${name} --table Registry --write-units ${to}   # once it is deployed; says first what it costs`,
  },
  mailsPerSecond: {
    called: 'mails a second',
    raise: (to, region) => quotaPage('ses', region, `Sending rate: ${to}`),
  },
  mailsPerDay: {
    called: 'mails a day',
    raise: (to, region) => quotaPage('ses', region, `Sending quota: ${to}`),
  },
};

const quotaPage = (service: string, region: string, what: string): string =>
  `https://${region}.console.aws.amazon.com/servicequotas/home/services/${service}/quotas   # ${what}`;

function openingLine({ people, raise, unknown: notKnown, mailMinutes }: Opening): string {
  const lacks = raise.map(({ fact, is, needed }) => `${FACTS[fact].called}: ${number(is)} of ${number(needed)}`);
  const last = mailMinutes === undefined ? '' : `, last confirmation after ${number(mailMinutes)} min`;
  const verdict = lacks.length > 0 ? `no: ${lacks.join('; ')}` : notKnown.length > 0 ? 'not known' : 'yes';
  const asked = notKnown.length === 0 ? '' : ` (not known: ${notKnown.map((fact) => FACTS[fact].called).join(', ')})`;
  return `${number(people).padStart(8)} people: ${verdict}${lacks.length > 0 ? '' : last}${asked}`;
}

/** For the largest opening, which is what everything is raised for. */
function todoOf(openings: readonly Opening[], { region: at, name }: AskedAccount): readonly string[] {
  const { raise = [], people = 0 } = openings.at(-1) ?? {};
  if (raise.length === 0) return [];
  return [
    '',
    `For ${number(people)}:`,
    ...raise.map(({ fact, needed }) => `    ${FACTS[fact].raise(needed, at, name)}`),
  ];
}

const number = (value: number): string => value.toLocaleString('en-US');
