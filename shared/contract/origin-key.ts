/**
 * The header by which functions know what came through CloudFront, which writes it over whatever a viewer sent by that name.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html
 */
export const ORIGIN_KEY_HEADER = 'x-origin-key';
