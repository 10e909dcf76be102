import type { ObjectStore } from './object-store.ts';
import { ServiceError } from './service-error.ts';
import { account, region, Stack } from './stack.ts';
import { parseTemplate, type Template } from './template.ts';
import { writeXml, type XmlValue } from './xml.ts';

/** The form fields of a call. */
export type Parameters = ReadonlyMap<string, string>;

/** CloudFormation as far as `cdk deploy` uses it. */
export class CloudFormation {
  readonly #stacks = new Map<string, Stack>();
  readonly #objects: ObjectStore;
  readonly #actions: Readonly<Record<string, (parameters: Parameters) => XmlValue>> = {
    DescribeStacks: (parameters) => ({ Stacks: [describeStack(this.#find(parameters))] }),
    GetTemplate: (parameters) => ({ TemplateBody: this.#find(parameters).template?.text ?? '{}' }),
    CreateChangeSet: (parameters) => this.#createChangeSet(parameters),
    DescribeChangeSet: (parameters) => describeChangeSet(this.#find(parameters)),
    ExecuteChangeSet: (parameters) => this.#executeChangeSet(parameters),
    DeleteChangeSet: (parameters) => this.#deleteChangeSet(parameters),
    DescribeStackEvents: (parameters) => describeEvents(this.#find(parameters)),
    DescribeEvents: () => ({ OperationEvents: [] }),
    ListStackResources: (parameters) => listResources(this.#find(parameters)),
  };

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** The stack, for a test to look at. */
  stack(name: string): Stack | undefined {
    return this.#stacks.get(name);
  }

  /**
   * Performs a call.
   *
   * @returns The inside of the answer's result element.
   * @throws ServiceError as the service would refuse.
   */
  perform(action: string, parameters: Parameters): string {
    const run = this.#actions[action];
    if (run === undefined) throw new ServiceError('InvalidAction', `The double does not know ${action}`);
    return writeXml(run(parameters));
  }

  #find(parameters: Parameters): Stack {
    const wanted = parameters.get('StackName') ?? '';
    const stack = [...this.#stacks.values()].find(({ name, id }) => name === wanted || id === wanted);
    if (stack === undefined) throw new ServiceError('ValidationError', `Stack with id ${wanted} does not exist`);
    return stack;
  }

  #createChangeSet(parameters: Parameters): XmlValue {
    const stackName = parameters.get('StackName') ?? '';
    const name = parameters.get('ChangeSetName') ?? '';
    const stack = this.#stacks.get(stackName) ?? new Stack(stackName);
    stack.prepare(name, this.#readTemplate(parameters), this.#objects);
    this.#stacks.set(stackName, stack);
    return { Id: changeSetId(name), StackId: stack.id };
  }

  #readTemplate(parameters: Parameters): Template {
    const body = parameters.get('TemplateBody');
    if (body !== undefined) return parseTemplate(body);
    const key = new URL(parameters.get('TemplateURL') ?? '').pathname.split('/').at(-1) ?? '';
    const stored = this.#objects.get(key);
    if (stored === undefined) throw new ServiceError('ValidationError', `The template ${key} was not uploaded`);
    return parseTemplate(stored.toString());
  }

  #executeChangeSet(parameters: Parameters): XmlValue {
    const stack = this.#find(parameters);
    if (stack.changeSet === undefined || stack.changeSet.changes.length === 0) {
      throw new ServiceError('InvalidChangeSetStatus', 'There is no change to execute');
    }
    stack.execute(stack.changeSet);
    return undefined;
  }

  #deleteChangeSet(parameters: Parameters): XmlValue {
    this.#find(parameters).changeSet = undefined;
    return undefined;
  }
}

function describeStack(stack: Stack): XmlValue {
  const outputs = stack.template === undefined ? [] : [...stack.outputs];
  return {
    StackName: stack.name,
    StackId: stack.id,
    CreationTime: stack.createdAt.toISOString(),
    StackStatus: stack.status,
    EnableTerminationProtection: false,
    Outputs: outputs.map(([name, value]) => ({ OutputKey: name, OutputValue: value })),
  };
}

function describeChangeSet(stack: Stack): XmlValue {
  const { changeSet } = stack;
  if (changeSet === undefined) throw new ServiceError('ChangeSetNotFound', 'There is no change set', 404);
  const isEmpty = changeSet.changes.length === 0;
  return {
    ChangeSetName: changeSet.name,
    ChangeSetId: changeSetId(changeSet.name),
    StackName: stack.name,
    StackId: stack.id,
    CreationTime: stack.createdAt.toISOString(),
    ExecutionStatus: isEmpty ? 'UNAVAILABLE' : 'AVAILABLE',
    Status: isEmpty ? 'FAILED' : 'CREATE_COMPLETE',
    StatusReason: isEmpty
      ? "The submitted information didn't contain changes. Submit different information to create a change set."
      : undefined,
    Changes: changeSet.changes.map(({ action, logicalId, type }) => ({
      Type: 'Resource',
      ResourceChange: { Action: action, LogicalResourceId: logicalId, ResourceType: type },
    })),
  };
}

function describeEvents(stack: Stack): XmlValue {
  return {
    StackEvents: stack.events.map((event) => ({
      StackId: stack.id,
      StackName: stack.name,
      EventId: event.id,
      LogicalResourceId: event.logicalId,
      PhysicalResourceId: event.physicalId,
      ResourceType: event.type,
      ResourceStatus: event.status,
      Timestamp: event.at.toISOString(),
    })),
  };
}

function listResources(stack: Stack): XmlValue {
  return {
    StackResourceSummaries: stack.resources.map(({ logicalId, physicalId, type }) => ({
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      ResourceStatus: 'CREATE_COMPLETE',
    })),
  };
}

function changeSetId(name: string): string {
  return `arn:aws:cloudformation:${region}:${account}:changeSet/${name}/00000000-0000-4000-8000-000000000001`;
}
