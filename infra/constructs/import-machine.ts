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

export interface ImportMachineProperties {
  /** The worker `import-account`. */
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
 * Imports many accounts, a few at a time, whatever dies in between. Its input is
 * `{ importId, items: [numbers], maxConcurrency }`: what the accounts are lies encrypted in the table, never here. Queries
 * are JSONPath, see docs/decisions/2026-11-21-query-language.md.
 */
export class ImportMachine extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { worker }: ImportMachineProperties) {
    super(scope, id);
    // The role that the CDK makes by itself may call every version of the function; this one calls the function.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    Grant.addToPrincipal({ grantee: role, actions: ['lambda:InvokeFunction'], resourceArns: [worker.functionArn] });
    const machine = new StateMachine(this, 'Machine', {
      comment: 'Bulk import of accounts',
      definitionBody: DefinitionBody.fromChainable(this.#definition(worker)),
      role: role.withoutPolicyUpdates(),
      timeout: Duration.hours(6),
    });
    this.arn = machine.stateMachineArn;
    acknowledgeFindings(machine);
  }

  /** Lets a function start imports. */
  grantStart(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['states:StartExecution'], resourceArns: [this.arn] });
  }

  #definition(worker: IFunction): IChainable {
    const ofItem = { importId: JsonPath.stringAt('$.importId'), item: JsonPath.numberAt('$.item') };
    const importAccount = this.#task('Import account', worker, { act: 'import', ...ofItem });
    const giveUp = this.#task('Give up account', worker, { act: 'give-up', ...ofItem });
    // One account's bad luck ends nobody else's import; what it leaves open, the last task closes.
    importAccount.addCatch(giveUp, { resultPath: '$.failure' });
    giveUp.addCatch(new Pass(this, 'Leave account open'), { resultPath: '$.failure' });
    const all = new MapState(this, 'Import accounts', {
      itemsPath: '$.items',
      itemSelector: {
        importId: JsonPath.stringAt('$.importId'),
        item: JsonPath.numberAt('$$.Map.Item.Value'),
      },
      maxConcurrencyPath: '$.maxConcurrency',
      resultPath: JsonPath.DISCARD,
    }).itemProcessor(importAccount);
    const importId = JsonPath.stringAt('$.importId');
    return all.next(this.#task('Finish import', worker, { act: 'finish', importId }));
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
    { id: 'AwsSolutions-SF2', reason: 'Traces are billed one by one, and an import has no one who waits for it.' },
    { id: 'Serverless-StepFunctionStateMachineXray', reason: 'As AwsSolutions-SF2.' },
  );
}
