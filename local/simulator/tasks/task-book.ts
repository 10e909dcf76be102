import { randomUUID } from 'node:crypto';

/** A video under way. */
export interface VideoTask {
  readonly id: string;
  readonly accountId: string;
  readonly videoUrl: string;
  readonly fails: boolean;
  polls: number;
}

/** The video tasks of all accounts. */
export class TaskBook {
  readonly #tasks = new Map<string, VideoTask>();

  create(spec: { accountId: string; videoUrl: string; fails: boolean }): VideoTask {
    const task = { id: randomUUID(), ...spec, polls: 0 };
    this.#tasks.set(task.id, task);
    return task;
  }

  /** The account's own task. */
  find(accountId: string, id: string): VideoTask | undefined {
    const task = this.#tasks.get(id);
    return task?.accountId === accountId ? task : undefined;
  }

  clear(): void {
    this.#tasks.clear();
  }
}
