import { CrossStackReferences, ReferenceStrength, Stack } from 'aws-cdk-lib';
import { CfnRecordSet } from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';
import type { Config, RecordKind } from '../config.ts';

/** One record of DNS. */
export interface DnsRecord {
  readonly kind: RecordKind;
  /** Logical id of what makes it. */
  readonly id: string;
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'CNAME' | 'MX' | 'TXT';
  /** As a zone file has it; of an alias, the name of the distribution. */
  readonly value: string;
}

/** What is known once the system is deployed. */
export interface Deployed {
  readonly region: string;
  /** The host of the distribution. */
  readonly distribution: string;
  /** Made by SES for the mail domain. */
  readonly dkim: readonly { readonly name: string; readonly value: string }[];
}

/** Of every alias to a distribution: https://docs.aws.amazon.com/general/latest/gr/cf_region.html */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';
/** Seconds. */
const TTL = '3600';

/** All records that a configuration is about, be they made here, by hand, or there already. */
export const recordsOf = (config: Config, { region, distribution, dkim }: Deployed): readonly DnsRecord[] => [
  ...siteRecords(config, distribution),
  ...dkim.map(
    ({ name, value }, index): DnsRecord => ({ kind: 'dkim', id: `Dkim${index + 1}`, name, type: 'CNAME', value }),
  ),
  ...mailFromRecords(config, region),
  ...dmarcRecords(config),
];

const siteRecords = ({ site }: Config, value: string): DnsRecord[] =>
  site
    ? (['A', 'AAAA'] as const).map((type) => ({ kind: 'site', id: `Site${type}`, name: site.domain, type, value }))
    : [];

/** https://docs.aws.amazon.com/ses/latest/dg/mail-from.html */
const mailFromRecords = ({ mailFromDomain: name }: Config, region: string): DnsRecord[] =>
  name === undefined
    ? []
    : [
        { kind: 'mailFrom', id: 'MailFromMx', name, type: 'MX', value: `10 feedback-smtp.${region}.amazonses.com` },
        { kind: 'mailFrom', id: 'MailFromSpf', name, type: 'TXT', value: '"v=spf1 include:amazonses.com ~all"' },
      ];

/** Asks for reports and for nothing else: what is done with mail that fails is for whoever runs the domain to decide. */
function dmarcRecords({ mailDomain, dmarcReports }: Config): DnsRecord[] {
  if (mailDomain === undefined) return [];
  const reports = dmarcReports === undefined ? '' : `; rua=mailto:${dmarcReports}`;
  return [
    { kind: 'dmarc', id: 'Dmarc', name: `_dmarc.${mailDomain}`, type: 'TXT', value: `"v=DMARC1; p=none${reports}"` },
  ];
}

/** Whether such records are made in the hosted zone. */
export const isMade = ({ hostedZoneId, leaveRecords }: Config, { kind }: Pick<DnsRecord, 'kind'>): boolean =>
  hostedZoneId !== undefined && !leaveRecords.includes(kind);

/** The output that says which record to make by hand: `DkimRecord1` is `Dkim1`. */
export const recordOutput = (id: string): string => id.replace(/\d*$/, 'Record$&');
export const isRecordOutput = (name: string): boolean => /Record\d*$/.test(name);

interface DnsStackProps {
  readonly config: Config;
  readonly hostedZoneId: string;
  readonly deployed: Pick<Deployed, 'distribution' | 'dkim'>;
}

/**
 * Records in the hosted zone. Last and apart: CloudFormation makes no record of a name and type that the zone has, and what cannot be made
 * undoes nothing else then.
 */
export class DnsStack extends Stack {
  constructor(scope: Construct, id: string, { config, hostedZoneId, deployed }: DnsStackProps) {
    super(scope, id, { description: 'Plenary: records of DNS' });
    CrossStackReferences.of(this).consume(ReferenceStrength.WEAK);
    for (const record of recordsOf(config, { region: this.region, ...deployed })) {
      if (!isMade(config, record)) continue;
      const { name, type, value } = record;
      new CfnRecordSet(this, record.id, {
        ...{ hostedZoneId, name, type },
        ...(record.kind === 'site'
          ? { aliasTarget: { dnsName: value, hostedZoneId: CLOUDFRONT_ZONE } }
          : { ttl: TTL, resourceRecords: [value] }),
      });
    }
  }
}
