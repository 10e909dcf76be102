import { Duration, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice,
  Condition,
  DefinitionBody,
  type IChainable,
  JsonPath,
  StateMachine,
  Succeed,
  TaskInput,
  Timeout,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';

export interface VideoMachineProperties {
  /** The worker `video-step`. */
  readonly worker: IFunction;
  /** Seconds that the worker may take. */
  readonly timeoutSeconds: number;
}

/**
 * Makes one video: calls the worker, waits as long as it says, and calls it again until the video is over. Its input is
 * `{ callerId, jobId, step: { looks } }`; what is asked for lies in the table, never here. The worker finds in the row where
 * the video is, so that every call may be made again. See docs/decisions/2026-11-21-video-jobs.md.
 */
export class VideoMachine extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { worker, timeoutSeconds }: VideoMachineProperties) {
    super(scope, id);
    // The role that the CDK makes by itself may call every version of the function; this one calls the function.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    Grant.addToPrincipal({ grantee: role, actions: ['lambda:InvokeFunction'], resourceArns: [worker.functionArn] });
    const machine = new StateMachine(this, 'Machine', {
      comment: 'Videos',
      definitionBody: DefinitionBody.fromChainable(this.#definition(worker, timeoutSeconds)),
      role: role.withoutPolicyUpdates(),
      // The worker ends a video long before; what is ended here is found by the sweep.
      timeout: Duration.hours(6),
    });
    this.arn = machine.stateMachineArn;
    acknowledgeFindings(machine);
  }

  /** Lets a function start videos. */
  grantStart(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['states:StartExecution'], resourceArns: [this.arn] });
  }

  #definition(worker: IFunction, timeoutSeconds: number): IChainable {
    const step = this.#task('Make video', worker, 'step', timeoutSeconds);
    const giveUp = this.#task('Give up video', worker, 'give-up', timeoutSeconds);
    const isOver = new Choice(this, 'Is it over');
    const rest = new Wait(this, 'Rest', { time: WaitTime.secondsPath('$.step.seconds') });
    step.addCatch(giveUp, { resultPath: '$.failure' });
    rest.next(step);
    isOver.when(Condition.stringEquals('$.step.next', 'wait'), rest).otherwise(new Succeed(this, 'Over'));
    return step.next(isOver);
  }

  #task(name: string, worker: IFunction, act: string, timeoutSeconds: number): LambdaInvoke {
    const task = new LambdaInvoke(this, name, {
      lambdaFunction: worker,
      payload: TaskInput.fromObject({
        act,
        callerId: JsonPath.stringAt('$.callerId'),
        jobId: JsonPath.stringAt('$.jobId'),
        looks: JsonPath.numberAt('$.step.looks'),
      }),
      resultSelector: {
        next: JsonPath.stringAt('$.Payload.next'),
        seconds: JsonPath.numberAt('$.Payload.seconds'),
        looks: JsonPath.numberAt('$.Payload.looks'),
      },
      retryOnServiceExceptions: false,
      resultPath: '$.step',
      taskTimeout: Timeout.duration(Duration.seconds(timeoutSeconds + 30)),
    });
    task.addRetry({
      errors: ['States.TaskFailed', 'States.Timeout'],
      interval: Duration.seconds(2),
      maxAttempts: 6,
      backoffRate: 2,
      maxDelay: Duration.seconds(60),
    });
    return task;
  }
}

function acknowledgeFindings(machine: StateMachine): void {
  Validations.of(machine).acknowledge(
    { id: 'AwsSolutions-SF1', reason: 'The worker logs what it does, and the history of each run is kept 90 days.' },
    { id: 'AwsSolutions-SF2', reason: 'Traces are billed one by one; the worker’s own log tells of each video.' },
    { id: 'Serverless-StepFunctionStateMachineXray', reason: 'As AwsSolutions-SF2.' },
  );
}
