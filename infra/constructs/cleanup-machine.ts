import { Duration, Validations } from 'aws-cdk-lib';
import { Grant, type IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  DefinitionBody,
  type IChainable,
  JitterType,
  JsonPath,
  Map as MapState,
  Pass,
  type RetryProps,
  StateMachine,
  TaskInput,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';

export interface CleanupMachineProperties {
  /** The worker `cleanup-step`. */
  readonly worker: IFunction;
}

const retry: RetryProps = {
  errors: ['States.TaskFailed', 'States.Timeout'],
  interval: Duration.seconds(2),
  maxAttempts: 3,
  backoffRate: 2,
  maxDelay: Duration.seconds(20),
  jitterStrategy: JitterType.FULL,
};

/**
 * Deletes many chats, a few at a time, whatever dies in between. Its input is
 * `{ cleanupId, items: [numbers], maxConcurrency }`: which chats these are, and what became of them, stands in the table.
 */
export class CleanupMachine extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { worker }: CleanupMachineProperties) {
    super(scope, id);
    // The role that the CDK makes by itself may call every version of the function; this one calls the function.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    Grant.addToPrincipal({ grantee: role, actions: ['lambda:InvokeFunction'], resourceArns: [worker.functionArn] });
    const machine = new StateMachine(this, 'Machine', {
      comment: 'Clean-up of chats',
      definitionBody: DefinitionBody.fromChainable(this.#definition(worker)),
      role: role.withoutPolicyUpdates(),
      timeout: Duration.hours(6),
    });
    this.arn = machine.stateMachineArn;
    acknowledgeFindings(machine);
  }

  /** Lets a function start clean-ups. */
  grantStart(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['states:StartExecution'], resourceArns: [this.arn] });
  }

  #definition(worker: IFunction): IChainable {
    const ofItem = { cleanupId: JsonPath.stringAt('$.cleanupId'), item: JsonPath.numberAt('$.item') };
    const deleteChat = this.#task('Delete chat', worker, { act: 'delete', ...ofItem });
    const giveUp = this.#task('Give up chat', worker, { act: 'give-up', ...ofItem });
    // One chat's bad luck keeps no other one; what it leaves open, the last task closes.
    deleteChat.addCatch(giveUp, { resultPath: '$.failure' });
    giveUp.addCatch(new Pass(this, 'Leave chat open'), { resultPath: '$.failure' });
    const all = new MapState(this, 'Delete chats', {
      itemsPath: '$.items',
      itemSelector: {
        cleanupId: JsonPath.stringAt('$.cleanupId'),
        item: JsonPath.numberAt('$$.Map.Item.Value'),
      },
      maxConcurrencyPath: '$.maxConcurrency',
      resultPath: JsonPath.DISCARD,
    }).itemProcessor(deleteChat);
    const cleanupId = JsonPath.stringAt('$.cleanupId');
    return all.next(this.#task('Finish clean-up', worker, { act: 'finish', cleanupId }));
  }

  #task(name: string, worker: IFunction, payload: Record<string, unknown>): LambdaInvoke {
    const task = new LambdaInvoke(this, name, {
      lambdaFunction: worker,
      payload: TaskInput.fromObject(payload),
      resultPath: JsonPath.DISCARD,
      taskTimeout: Timeout.duration(Duration.seconds(90)),
    });
    task.addRetry(retry);
    return task;
  }
}

function acknowledgeFindings(machine: StateMachine): void {
  Validations.of(machine).acknowledge(
    { id: 'AwsSolutions-SF1', reason: 'The worker logs what it does, and the history of each run is kept 90 days.' },
    { id: 'AwsSolutions-SF2', reason: 'Traces are billed one by one, and a clean-up has no one who waits for it.' },
    { id: 'Serverless-StepFunctionStateMachineXray', reason: 'As AwsSolutions-SF2.' },
  );
}
