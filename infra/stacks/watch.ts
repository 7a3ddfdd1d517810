import { createHash } from 'node:crypto';
import { Annotations, CfnOutput, CrossStackReferences, Duration, ReferenceStrength, Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Alarm, AlarmRule, AlarmState, CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import {
  ALARMS,
  type AlarmName,
  type AlarmRow,
  comparisonOf,
  missingOf,
  type Rings,
  type Watched,
} from '../watch/alarms.ts';
import { engineersDashboard, secretariatDashboard } from '../watch/dashboards.ts';

interface WatchStackProps {
  readonly config: Config;
  readonly watched: Watched;
}

/** Where the sections are that alarms name. */
const RUNBOOK = 'docs/operations.md';

/** What mails at night say, and mails that can wait. */
const COMPOSITES: Readonly<Record<Rings, readonly [id: string, says: string]>> = {
  tonight: ['Tonight', 'People notice it now: someone has to look at it tonight.'],
  tomorrow: ['Tomorrow', 'Nobody notices it yet: someone has to look at it tomorrow.'],
};

/**
 * Says when the system needs somebody: alarms with what people notice and where to read on, mail to one address, two dashboards and a budget.
 * Nothing depends on it, and it holds on to nothing: any other stack may change or go.
 *
 * Mail comes from two alarms alone that stand for the others, so that ten things which fail at once are one mail. Every alarm's changes are also
 * on the account's default event bus (`CloudWatch Alarm State Change`), for whatever else is to be called.
 */
export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, { config, watched }: WatchStackProps) {
    super(scope, id, { description: 'Plenary: alarms and dashboards' });
    CrossStackReferences.of(this).consume(ReferenceStrength.WEAK);
    const alarms = Object.fromEntries(
      Object.entries<AlarmRow>(ALARMS).map(([name, row]) => [name, this.alarm(config, watched, name, row)]),
    ) as Record<AlarmName, Alarm>;
    const topic = this.topicFor(config);
    const composites = Object.entries(COMPOSITES).map(([urgency, [name, says]]) => {
      const rings = (Object.keys(ALARMS) as AlarmName[]).filter((each) => ALARMS[each].urgency === urgency);
      const composite = new CompositeAlarm(this, name, {
        compositeAlarmName: `${config.name}-${name}`,
        alarmDescription: `${says} Which alarm rings, and what to do: ${RUNBOOK}, "When it calls".`,
        alarmRule: AlarmRule.anyOf(...rings.map((each) => AlarmRule.fromAlarm(alarms[each], AlarmState.ALARM))),
      });
      composite.addAlarmAction(new SnsAction(topic));
      composite.addOkAction(new SnsAction(topic));
      return composite;
    });
    secretariatDashboard(this, config, watched, composites);
    engineersDashboard(this, config, watched, Object.values(alarms));
    this.budget(config);
  }

  private alarm(config: Config, watched: Watched, name: string, row: AlarmRow): Alarm {
    const [datapointsToAlarm, evaluationPeriods] = row.periods;
    return new Alarm(this, name, {
      alarmName: `${config.name}-${name}`,
      alarmDescription: `${row.impact} ${RUNBOOK}, "${row.section}".`,
      metric: row.metric(watched),
      threshold: row.threshold,
      comparisonOperator: comparisonOf(row),
      treatMissingData: missingOf(row),
      ...{ datapointsToAlarm, evaluationPeriods },
    });
  }

  /** Whoever is subscribed: an address has to confirm by the link in the first mail. */
  private topicFor({ name, alarmAddress }: Config): Topic {
    const topic = new Topic(this, 'Alarms', { displayName: `${name} alarms`, enforceSSL: true });
    // A policy of its own takes the place of the one that lets the account's alarms publish.
    topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    if (alarmAddress !== undefined) {
      const deadLetterQueue = new Queue(this, 'UnsentAlarms', {
        ...{ encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) },
      });
      topic.addSubscription(new EmailSubscription(alarmAddress, { deadLetterQueue }));
    } else {
      Annotations.of(this).addWarningV2(
        'plenary:no-alarm-address',
        'alarms ring and nobody is mailed: set plenary:alarmAddress (docs/operations.md)',
      );
    }
    new CfnOutput(this, 'AlarmTopicArn', { value: topic.topicArn });
    return topic;
  }

  /** Of the whole account: what Plenary alone costs is known once a tag was activated for billing, which no template can do. */
  private budget({ name, monthlyBudget, alarmAddress }: Config): void {
    if (monthlyBudget === undefined || alarmAddress === undefined) return;
    const subscribers = [{ subscriptionType: 'EMAIL', address: alarmAddress }];
    const at = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
      subscribers,
    });
    const notificationsWithSubscribers = [at('ACTUAL', 80), at('FORECASTED', 100)];
    // Whom it tells cannot change: CloudFormation makes another budget before it deletes this one, and no two may have one name.
    const told = createHash('sha256').update(JSON.stringify(notificationsWithSubscribers)).digest('hex').slice(0, 8);
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `${name} (whole account, ${told})`,
        ...{ budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: monthlyBudget, unit: 'USD' } },
      },
      notificationsWithSubscribers,
    });
  }
}
