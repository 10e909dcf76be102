import { type DeployedName, deployedFunctions } from '../../shared/routes.ts';

/** What Lambda tells a function about one invocation. */
export class InvocationContext {
  readonly awsRequestId: string;
  readonly functionName: DeployedName;
  readonly functionVersion = '$LATEST';
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName = 'local';
  callbackWaitsForEmptyEventLoop = true;
  readonly #deadline: number;

  constructor(functionName: DeployedName, awsRequestId: string) {
    const { memoryMegabytes, timeoutSeconds } = deployedFunctions[functionName];
    this.awsRequestId = awsRequestId;
    this.functionName = functionName;
    this.invokedFunctionArn = `arn:aws:lambda:local:000000000000:function:${functionName}`;
    this.memoryLimitInMB = String(memoryMegabytes);
    this.logGroupName = `/aws/lambda/${functionName}`;
    this.#deadline = Date.now() + timeoutSeconds * 1000;
  }

  getRemainingTimeInMillis(): number {
    return Math.max(0, this.#deadline - Date.now());
  }
}
