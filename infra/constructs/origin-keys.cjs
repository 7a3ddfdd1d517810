/*
 * Lambda's `index.js`. It is called when a stack is deployed or rolled back, and tells CloudFormation the keys of the generations that it
 * was asked for: the MACs of their numbers, the same each time. The highest one is in the physical id, by which the next call knows what
 * is in force: further away than one, every request would be refused until the last stack is deployed.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
const { GenerateMacCommand, KMSClient } = require('@aws-sdk/client-kms');

exports.handler = async (event) => {
  const { ResponseURL, StackId, RequestId, LogicalResourceId, PhysicalResourceId = 'none' } = event;
  const about = { StackId, RequestId, LogicalResourceId, NoEcho: true };
  const result = await resultOf(event).then(
    (made) => ({ Status: 'SUCCESS', PhysicalResourceId, ...made }),
    (error) => ({ Status: 'FAILED', PhysicalResourceId, Reason: `no keys: ${error.name}` }),
  );
  // The address is signed for a request without a type.
  const headers = { 'content-type': '' };
  const answer = await fetch(ResponseURL, { method: 'PUT', headers, body: JSON.stringify({ ...about, ...result }) });
  if (!answer.ok) throw new Error(`CloudFormation answered ${answer.status}`);
};

async function resultOf({ RequestType, ResourceProperties, PhysicalResourceId }) {
  if (RequestType === 'Delete') return { Data: {} };
  const wanted = Math.max(...ResourceProperties.Generations.map(Number));
  const inForce = Number(/^origin-keys-(\d+)$/.exec(PhysicalResourceId)?.[1] ?? wanted);
  if (Math.abs(wanted - inForce) > 1) {
    const Reason = `plenary:originKeyGeneration is raised or lowered by more than one: from ${inForce} to ${wanted}`;
    return { Status: 'FAILED', Reason };
  }
  return { PhysicalResourceId: `origin-keys-${wanted}`, Data: await keysOf(ResourceProperties) };
}

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
