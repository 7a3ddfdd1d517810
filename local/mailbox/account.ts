import { type MailQuota, SANDBOX_QUOTA, USUAL_QUOTA } from './quota.ts';

export interface AccountOptions {
  /** Outside of the sandbox. */
  readonly quota?: MailQuota | undefined;
  /** Whether mail goes to verified addresses only, until production access is asked for. */
  readonly sandbox?: boolean | undefined;
  /** Addresses and domains that are verified; all are when absent. */
  readonly identities?: readonly string[] | undefined;
}

/** Addresses of SES's simulator take mail from a sandboxed account, too. */
const SIMULATOR = 'simulator.amazonses.com';

export type Account = ReturnType<typeof openAccount>;

/** The account as SES keeps it: to whom mail may go, and how much of it. */
export function openAccount({ quota = USUAL_QUOTA, sandbox = false, identities }: AccountOptions) {
  let isSandboxed = sandbox;
  const isVerified = (identity: string): boolean => identities?.includes(identity.toLowerCase()) ?? true;
  const mayBeUsed = (address: string): boolean => {
    const labels = domainOf(address).split('.');
    const domains = labels.map((_, depth) => labels.slice(depth).join('.'));
    return [address, ...domains].some(isVerified);
  };
  return {
    isSandboxed: () => isSandboxed,
    /** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutAccountDetails.html, which takes people a day */
    leaveSandbox: (): void => {
      isSandboxed = false;
    },
    quota: (): MailQuota => (isSandboxed ? SANDBOX_QUOTA : quota),
    isVerified,
    /** Of a sender and recipients, those that SES would have to have verified and has not. */
    unverified: (from: string, to: readonly string[]): string[] => {
      const checked = isSandboxed ? [from, ...to.filter((address) => domainOf(address) !== SIMULATOR)] : [from];
      return checked.filter((address) => !mayBeUsed(address));
    },
  };
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
