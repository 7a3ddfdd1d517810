/**
 * What is counted, as CloudWatch knows it: nine names, of which an account has ten for nothing, and pays each hour in which one is counted where it
 * has not. None is of one event or person.
 */
export const METRICS = {
  /** Answers of 401 and 403, by API Gateway's log: who was turned away. */
  answersRefused: 'AnswersRefused',
  /** A link, a device's token or code, or an invitation that is none, or no longer is one: many are a sign of guessing. */
  tokenRefused: 'TokenRefused',
  /** SES sent one message twice: two of its mails carry the same id of ours. */
  sentTwice: 'MailSentTwice',
  /** Nobody knows whether a message was sent: it is sent again unless SES tells that it was. */
  mailUnknown: 'MailUnknown',
  /** Seconds since the turn of the message that has waited longest for somebody to look at it; of nothing where none is due. */
  oldestDueMail: 'OldestDueMail',
  /** A reader was shown English, since their language lacks a text: the log says which. */
  textMissing: 'TextMissing',
  /** People whom the index of an event's people knows otherwise than their registration says. */
  peopleDiffer: 'PeopleDiffer',
  /** Calls to KMS that failed, after all tries of the SDK. */
  kmsErrors: 'KmsErrors',
  /** Tables that cannot be brought back as they were an hour ago, or of which DynamoDB does not say so. */
  tablesWithoutBackup: 'TablesWithoutBackup',
} as const;
export type Metric = (typeof METRICS)[keyof typeof METRICS];

/** What they are counted under where no deployment says so; systems of one account are apart, each under its name. */
export const METRIC_NAMESPACE = 'Plenary';
/** The variable in which Powertools finds it. */
export const NAMESPACE_VARIABLE = 'POWERTOOLS_METRICS_NAMESPACE';

/** The one dimension of what functions count: Powertools adds it to every metric. */
export const METRIC_DIMENSIONS = { service: 'plenary' } as const;
