import { creationOrder } from './creation-order.ts';
import { assertLambdaAssets } from './lambda-assets.ts';
import type { ObjectStore } from './object-store.ts';
import { isRecord, type Template } from './template.ts';
import { type ResolutionScope, resolveText } from './values.ts';

export const account = '123456789012';
export const region = 'us-east-1';

export type StackStatus = 'REVIEW_IN_PROGRESS' | 'CREATE_COMPLETE' | 'UPDATE_COMPLETE';

/** What a change set does to one resource. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
}

export interface ChangeSet {
  readonly name: string;
  readonly template: Template;
  readonly changes: readonly ResourceChange[];
  /** Resources in the order of their creation. */
  readonly order: readonly string[];
}

export interface StackResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
}

export interface StackEvent {
  readonly id: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly at: Date;
}

/** One stack: its template, its resources, and what happened to them. Everything happens at once. */
export class Stack {
  readonly name: string;
  readonly id: string;
  readonly createdAt = new Date();
  status: StackStatus = 'REVIEW_IN_PROGRESS';
  template: Template | undefined;
  changeSet: ChangeSet | undefined;
  /** Newest first. */
  readonly events: StackEvent[] = [];
  readonly #resources = new Map<string, StackResource>();

  constructor(name: string) {
    this.name = name;
    this.id = `arn:aws:cloudformation:${region}:${account}:stack/${name}/00000000-0000-4000-8000-000000000000`;
  }

  /** In the order of their creation. */
  get resources(): readonly StackResource[] {
    return [...this.#resources.values()];
  }

  get outputs(): ReadonlyMap<string, string> {
    const scope: ResolutionScope = {
      account,
      region,
      stackName: this.name,
      physicalIds: new Map(this.resources.map(({ logicalId, physicalId }) => [logicalId, physicalId])),
    };
    const outputs = [...(this.template?.outputs ?? [])];
    return new Map(
      outputs.map(([name, output]) => [name, resolveText(isRecord(output) ? output.Value : output, scope)]),
    );
  }

  /**
   * Compares a template with the stack.
   *
   * @throws ServiceError when the template can't be deployed.
   */
  prepare(name: string, template: Template, objects: ObjectStore): void {
    const order = creationOrder(template);
    assertLambdaAssets(template, objects);
    this.changeSet = { name, template, order, changes: changesBetween(this.template, template, order) };
  }

  /** Makes the stack what its change set says. */
  execute(changeSet: ChangeSet): void {
    const verb = this.template === undefined ? 'CREATE' : 'UPDATE';
    for (const { action, logicalId, type } of changeSet.changes) {
      const physicalId =
        this.#resources.get(logicalId)?.physicalId ?? `${this.name}-${logicalId}-${this.events.length}`;
      if (action === 'Remove') this.#resources.delete(logicalId);
      else this.#resources.set(logicalId, { logicalId, physicalId, type });
      this.#record(logicalId, physicalId, type, `${pastWord[action]}_COMPLETE`);
    }
    this.template = changeSet.template;
    this.changeSet = undefined;
    this.status = `${verb}_COMPLETE`;
    this.#record(this.name, this.id, 'AWS::CloudFormation::Stack', this.status);
  }

  #record(logicalId: string, physicalId: string, type: string, status: string): void {
    const id = `event-${this.events.length}`;
    this.events.unshift({ id, logicalId, physicalId, type, status, at: new Date() });
  }
}

const pastWord = { Add: 'CREATE', Modify: 'UPDATE', Remove: 'DELETE' } as const;

function changesBetween(before: Template | undefined, after: Template, order: readonly string[]): ResourceChange[] {
  const kept = order.flatMap((logicalId): ResourceChange[] => {
    const old = before?.resources.get(logicalId);
    const next = after.resources.get(logicalId);
    if (next === undefined || (old && JSON.stringify(old) === JSON.stringify(next))) return [];
    return [{ action: old ? 'Modify' : 'Add', logicalId, type: next.type }];
  });
  const gone = [...(before?.resources ?? [])].filter(([logicalId]) => !after.resources.has(logicalId));
  return [...kept, ...gone.map(([logicalId, { type }]): ResourceChange => ({ action: 'Remove', logicalId, type }))];
}
