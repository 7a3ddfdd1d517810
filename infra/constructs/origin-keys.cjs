/*
 * Lambda's `index.js`: CloudFormation takes at most 4,096 characters of code in a template. It is called when a stack is deployed or rolled
 * back, and tells CloudFormation the keys of the generations that it was asked for: the MACs of their numbers, the same each time.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
const { GenerateMacCommand, KMSClient } = require('@aws-sdk/client-kms');

exports.handler = async (event) => {
  const { RequestType, ResponseURL, StackId, RequestId, LogicalResourceId, ResourceProperties } = event;
  const about = { PhysicalResourceId: 'origin-keys', StackId, RequestId, LogicalResourceId, NoEcho: true };
  const keys = RequestType === 'Delete' ? Promise.resolve({}) : keysOf(ResourceProperties);
  const result = await keys.then(
    (Data) => ({ Status: 'SUCCESS', Data }),
    (error) => ({ Status: 'FAILED', Reason: `no keys: ${error.name}` }),
  );
  // The address is signed for a request without a type.
  const headers = { 'content-type': '' };
  const answer = await fetch(ResponseURL, { method: 'PUT', headers, body: JSON.stringify({ ...about, ...result }) });
  if (!answer.ok) throw new Error(`CloudFormation answered ${answer.status}`);
};

async function keysOf({ KeyId, Generations }) {
  const kms = new KMSClient();
  const keys = {};
  for (const generation of Generations) {
    // Nothing but numbers, lest it be asked for the root of other secrets that the same key makes.
    const Message = Buffer.from(`plenary/origin-key/v1/${Number(generation)}`);
    const { Mac } = await kms.send(new GenerateMacCommand({ KeyId, MacAlgorithm: 'HMAC_SHA_256', Message }));
    keys[`Generation${Number(generation)}`] = Buffer.from(Mac).toString('base64url');
  }
  return keys;
}
