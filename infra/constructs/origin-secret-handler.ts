import { randomBytes } from 'node:crypto';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

/**
 * Answers CloudFormation's call for an origin secret with 32 random bytes.
 *
 * Runs as inline code: it may import nothing but Node's own modules.
 *
 * @throws Error when CloudFormation does not take the answer.
 */
export async function handler(event: CloudFormationCustomResourceEvent): Promise<void> {
  const body = JSON.stringify({
    Status: 'SUCCESS',
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    PhysicalResourceId: 'origin-secret',
    // Keeps the value out of the stack's events and of describe calls.
    NoEcho: true,
    Data: { Value: randomBytes(32).toString('base64url') },
  });
  // The URL is signed for an empty content type.
  const response = await fetch(event.ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body });
  if (!response.ok) throw new Error(`CloudFormation answered ${response.status}`);
}
