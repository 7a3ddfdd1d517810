/*
 * In which regions of AWS there is everything that Plenary is made of. AWS says which service is where
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-global-infrastructure.html).
 */

/** As AWS calls them there. CloudFront and its certificates are in no region. */
export const SERVICES = {
  apigatewayv2: 'API Gateway for HTTP',
  'cognito-idp': 'Cognito',
  dynamodb: 'DynamoDB',
  kms: 'KMS',
  lambda: 'Lambda',
  ses: 'SES',
  sqs: 'SQS',
} as const;
export type Service = keyof typeof SERVICES;

/** Which regions have a service. */
export type Availability = Readonly<Record<Service, readonly string[]>>;

/** Where SES is listed, and has not what mail is sent by: it fails there as `Mail` is deployed. */
export const WITHOUT_CONFIGURATION_SETS: readonly string[] = ['ap-southeast-7'];

/**
 * Where API Gateway may be listed for WebSocket alone: Malaysia had no HTTP APIs when somebody tried (serverless/serverless issue 12955), and the
 * announcement that followed names nine other regions.
 * https://aws.amazon.com/about-aws/whats-new/2025/03/amazon-api-gateway-http-apis-mtls-multi-level-base-path-mappings-waf-additional-regions
 */
export const UNSURE_OF_HTTP_APIS = /^(ap-east-2|ap-southeast-[567]|mx-central-1)$/;

/** Degrees north and east of the city that AWS names a region by: near enough to say which is nearest. */
const PLACES: Readonly<Record<string, readonly [north: number, east: number]>> = {
  'af-south-1': [-33.9, 18.4],
  'ap-east-1': [22.3, 114.2],
  'ap-east-2': [25, 121.5],
  'ap-northeast-1': [35.7, 139.7],
  'ap-northeast-2': [37.6, 127],
  'ap-northeast-3': [34.7, 135.5],
  'ap-south-1': [19.1, 72.9],
  'ap-south-2': [17.4, 78.5],
  'ap-southeast-1': [1.3, 103.8],
  'ap-southeast-2': [-33.9, 151.2],
  'ap-southeast-3': [-6.2, 106.8],
  'ap-southeast-4': [-37.8, 145],
  'ap-southeast-5': [3.1, 101.7],
  'ap-southeast-6': [-36.8, 174.8],
  'ap-southeast-7': [13.8, 100.5],
  'ca-central-1': [45.5, -73.6],
  'ca-west-1': [51, -114.1],
  'eu-central-1': [50.1, 8.7],
  'eu-central-2': [47.4, 8.5],
  'eu-north-1': [59.3, 18.1],
  'eu-south-1': [45.5, 9.2],
  'eu-south-2': [41.6, -0.9],
  'eu-west-1': [53.3, -6.3],
  'eu-west-2': [51.5, -0.1],
  'eu-west-3': [48.9, 2.4],
  'il-central-1': [32.1, 34.8],
  'me-central-1': [25.2, 55.3],
  'me-south-1': [26.1, 50.6],
  'mx-central-1': [20.6, -100.4],
  'sa-east-1': [-23.6, -46.6],
  'us-east-1': [38.9, -77.4],
  'us-east-2': [40, -83],
  'us-west-1': [37.4, -121.9],
  'us-west-2': [45.6, -121.2],
};

const namesOf = (isMeant: (service: Service) => boolean): readonly string[] =>
  (Object.keys(SERVICES) as Service[]).filter(isMeant).map((each) => SERVICES[each]);

/** @returns names of what no region is said to have: AWS lists it by another name by now */
export const unlistedIn = (availability: Availability): readonly string[] =>
  namesOf((each) => availability[each].length === 0);

/** @returns names of what a region lacks that others have; nothing where it has all */
export function lackingIn(region: string, availability: Availability): readonly string[] {
  const services = namesOf((each) => availability[each].length > 0 && !availability[each].includes(region));
  return WITHOUT_CONFIGURATION_SETS.includes(region) ? [...services, 'configuration sets of SES'] : services;
}

/** @returns the nearest region that lacks nothing; none for one whose place is not known */
export function nearestWithAll(region: string, availability: Availability): string | undefined {
  const here = PLACES[region];
  if (here === undefined) return undefined;
  const far = (other: string): number => distance(here, PLACES[other] ?? here);
  const [nearest] = Object.keys(PLACES)
    .filter((each) => each !== region && lackingIn(each, availability).length === 0)
    .sort((one, other) => far(one) - far(other));
  return nearest;
}

type Place = readonly [north: number, east: number];

/** The angle between two places, which is what distances on a globe are compared by. */
function distance([north, east]: Place, [otherNorth, otherEast]: Place): number {
  const [a, b, turn] = [north, otherNorth, otherEast - east].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  return Math.acos(Math.min(1, Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(turn)));
}
