/** What is counted, as CloudWatch knows it. */
export const METRICS = {
  /** SES sent one message twice: two of its mails carry the same id of ours. */
  sentTwice: 'MailSentTwice',
  /** A message was sent again of which nobody knows whether it was sent before. */
  sentAgain: 'MailSentAgain',
  /** A reader was shown English, since their language lacks a text: the log says which. */
  textMissing: 'TextMissing',
  /** A link, a device's token or an invitation that is none, or no longer is one: many are a sign of guessing. */
  tokenRefused: 'TokenRefused',
  /** A code that lets no device in. */
  deviceCodeRefused: 'DeviceCodeRefused',
  /** A person who is signed in asked for what their roles do not open. */
  roleRefused: 'RoleRefused',
} as const;
export type Metric = (typeof METRICS)[keyof typeof METRICS];

export const METRIC_NAMESPACE = 'Plenary';

/**
 * Counts one of something, by a line of the log that CloudWatch reads (embedded metric format).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function count(metric: Metric, now: Date): void {
  const CloudWatchMetrics = [
    { Namespace: METRIC_NAMESPACE, Dimensions: [[]], Metrics: [{ Name: metric, Unit: 'Count' }] },
  ];
  console.log(JSON.stringify({ _aws: { Timestamp: now.getTime(), CloudWatchMetrics }, [metric]: 1 }));
}
