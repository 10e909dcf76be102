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
import type { ItemWords } from './item-words.ts';

export interface ItemMachineProperties {
  /** Does, gives up and finishes. */
  readonly worker: IFunction;
  readonly words: ItemWords;
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
 * Works through many items, a few at a time, whatever dies in between. Its input is
 * `{ <runId>, items: [numbers], maxConcurrency }`: what the items are stands in the table, never here. Queries are JSONPath,
 * see docs/decisions/2026-11-21-query-language.md.
 */
export class ItemMachine extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { worker, words }: ItemMachineProperties) {
    super(scope, id);
    // The role that the CDK makes by itself may call every version of the function; this one calls the function.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    Grant.addToPrincipal({ grantee: role, actions: ['lambda:InvokeFunction'], resourceArns: [worker.functionArn] });
    const machine = new StateMachine(this, 'Machine', {
      comment: words.run,
      definitionBody: DefinitionBody.fromChainable(this.#definition(worker, words)),
      role: role.withoutPolicyUpdates(),
      timeout: Duration.hours(6),
    });
    this.arn = machine.stateMachineArn;
    acknowledgeFindings(machine);
  }

  /** Lets a function start runs. */
  grantStart(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['states:StartExecution'], resourceArns: [this.arn] });
  }

  #definition(worker: IFunction, { runId, act, states }: ItemWords): IChainable {
    const ofRun = { [runId]: JsonPath.stringAt(`$.${runId}`) };
    const ofItem = { ...ofRun, item: JsonPath.numberAt('$.item') };
    const item = this.#task(states.item, worker, { act, ...ofItem });
    const giveUp = this.#task(states.giveUp, worker, { act: 'give-up', ...ofItem });
    // One item's bad luck keeps no other one; what it leaves open, the last task closes.
    item.addCatch(giveUp, { resultPath: '$.failure' });
    giveUp.addCatch(new Pass(this, states.leaveOpen), { resultPath: '$.failure' });
    const all = new MapState(this, states.all, {
      itemsPath: '$.items',
      itemSelector: { ...ofRun, item: JsonPath.numberAt('$$.Map.Item.Value') },
      maxConcurrencyPath: '$.maxConcurrency',
      resultPath: JsonPath.DISCARD,
    }).itemProcessor(item);
    return all.next(this.#task(states.finish, worker, { act: 'finish', ...ofRun }));
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
    { id: 'AwsSolutions-SF2', reason: 'Traces are billed one by one, and nobody waits for such a run.' },
    { id: 'Serverless-StepFunctionStateMachineXray', reason: 'As AwsSolutions-SF2.' },
  );
}
