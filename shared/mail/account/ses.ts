/** Where whoever holds the AWS account sees it in SES's console, and asks to leave the sandbox. */
export const sesAccountPage = (region: string): string =>
  `https://${region}.console.aws.amazon.com/ses/home?region=${region}#/account`;

/** What SES may have verified so that mail may be from an address: itself, its domain, or a domain above that. */
export function senderIdentities(address: string): string[] {
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.');
  const above = labels.slice(0, -1).map((_, depth) => labels.slice(depth).join('.'));
  return [address, ...above];
}
