import type { StackTemplate, TemplateResource } from './stack-template.ts';

/** One limit of AWS that a template can break, and of which CloudFormation learns only while it deploys. */
export interface AwsQuota {
  /** As AWS names it. */
  readonly name: string;
  readonly limit: number;
  /** Whether AWS raises it on request. */
  readonly adjustable: boolean;
  /** The page of AWS that states it. */
  readonly source: string;
  /** What uses it: one resource, the resources that belong to the same other one, or all that an account holds in a region. */
  readonly scope: 'resource' | 'parent' | 'account';
  /** The property that names that other one, such as `ApiId`. */
  readonly parent?: string;
  /** How much of it one resource uses. */
  readonly used: (resource: TemplateResource) => number;
}

/** One limit on a template as a whole. */
export interface StackQuota extends Omit<AwsQuota, 'scope' | 'parent' | 'used'> {
  readonly used: (template: StackTemplate) => number;
}

/**
 * Systems that one account may hold beside each other: one that people use, one for rehearsals, one to try a change in.
 * Whatever a system uses of a quota per account counts this often.
 */
export const STAGES = 3;

/** Of a quota of ten or more, what a template may use: the rest is for others in the account, and for what comes. */
const SHARE = 0.7;

/** What may be used of a quota. One below ten may be used up: 70 % of two would be one. */
export const allowanceOf = ({ limit }: Pick<AwsQuota, 'limit'>): number =>
  limit < 10 ? limit : Math.floor(limit * SHARE);
