import { Duration, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, JsonPath, StateMachine, TaskInput, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';

export interface ResponseMachineProperties {
  /** The worker `answer-response`. */
  readonly worker: IFunction;
  /** Seconds that the worker may take. */
  readonly timeoutSeconds: number;
}

/** What says that the worker has not begun: an answer that broke off is not asked for twice. */
const notBegun = ['Lambda.TooManyRequestsException', 'Lambda.ServiceException'];

/**
 * Makes one response in the background, and marks it as failed when its worker dies. Its input is
 * `{ callerId, responseId }`; what is asked and answered lies in the table, never here. See
 * docs/decisions/2026-11-21-background-responses.md.
 */
export class ResponseMachine extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { worker, timeoutSeconds }: ResponseMachineProperties) {
    super(scope, id);
    // The role that the CDK makes by itself may call every version of the function; this one calls the function.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    Grant.addToPrincipal({ grantee: role, actions: ['lambda:InvokeFunction'], resourceArns: [worker.functionArn] });
    const answer = this.#task('Answer response', worker, 'answer', timeoutSeconds);
    answer.addRetry({ errors: notBegun, interval: Duration.seconds(2), maxAttempts: 5, backoffRate: 2 });
    const giveUp = this.#task('Give up response', worker, 'give-up', 60);
    giveUp.addRetry({
      errors: ['States.TaskFailed', 'States.Timeout'],
      interval: Duration.seconds(2),
      maxAttempts: 3,
      backoffRate: 2,
    });
    const machine = new StateMachine(this, 'Machine', {
      comment: 'Responses in the background',
      definitionBody: DefinitionBody.fromChainable(answer.addCatch(giveUp, { resultPath: '$.failure' })),
      role: role.withoutPolicyUpdates(),
      timeout: Duration.hours(1),
    });
    this.arn = machine.stateMachineArn;
    acknowledgeFindings(machine);
  }

  /** Lets a function start responses. */
  grantStart(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['states:StartExecution'], resourceArns: [this.arn] });
  }

  #task(name: string, worker: IFunction, act: string, timeoutSeconds: number): LambdaInvoke {
    return new LambdaInvoke(this, name, {
      lambdaFunction: worker,
      payload: TaskInput.fromObject({
        act,
        callerId: JsonPath.stringAt('$.callerId'),
        responseId: JsonPath.stringAt('$.responseId'),
      }),
      retryOnServiceExceptions: false,
      resultPath: JsonPath.DISCARD,
      taskTimeout: Timeout.duration(Duration.seconds(timeoutSeconds + 30)),
    });
  }
}

function acknowledgeFindings(machine: StateMachine): void {
  Validations.of(machine).acknowledge(
    { id: 'AwsSolutions-SF1', reason: 'The worker logs what it does, and the history of each run is kept 90 days.' },
    { id: 'AwsSolutions-SF2', reason: 'Traces are billed one by one; the worker’s own log tells of each answer.' },
    { id: 'Serverless-StepFunctionStateMachineXray', reason: 'As AwsSolutions-SF2.' },
  );
}
