import { type App, Validations } from 'aws-cdk-lib';

interface Acknowledgement {
  readonly rule: string;
  /** Path in the construct tree, after the name of the system. */
  readonly resource: string;
  readonly reason: string;
}

/** What cdk-nag holds against a resource that is so on purpose. */
export const ACKNOWLEDGED: readonly Acknowledgement[] = [
  {
    rule: 'AwsSolutions-DDB3',
    resource: 'Data/Feedback/Resource',
    reason: 'What could be recovered as it was at any moment would tell in which order people answered.',
  },
  {
    rule: 'AwsSolutions-KMS5',
    resource: 'Data/FeedbackKey/Resource',
    reason:
      'It encrypts keys that live as long as one form or instance; each of its first two rotations would cost 1 USD a month for ever.',
  },
];

/** Has cdk-nag leave that out, in the system of this name. */
export function acknowledgeFindings(app: App, name: string): void {
  for (const { rule, resource, reason } of ACKNOWLEDGED) {
    const [id = '', ...path] = `${name}-${resource}`.split('/');
    const found = path.reduce((at, step) => at.node.findChild(step), app.node.findChild(id));
    Validations.of(found).acknowledge({ id: rule, reason });
  }
}
