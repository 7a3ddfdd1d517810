/** What is counted, as CloudWatch knows it. */
export const METRICS = {
  /** SES sent one message twice: two of its mails carry the same id of ours. */
  sentTwice: 'MailSentTwice',
  /** A message was sent again of which nobody knows whether it was sent before. */
  sentAgain: 'MailSentAgain',
} as const;
type Metric = (typeof METRICS)[keyof typeof METRICS];

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
