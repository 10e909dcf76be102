import { randomUUID } from 'node:crypto';

/** What becomes of a video: `stuck` only ever runs, while its chat shows it. */
export type VideoFate = 'succeeds' | 'fails' | 'stuck';

export interface VideoTaskSpec {
  readonly accountId: string;
  readonly chatId: string;
  readonly prompt: string;
  readonly videoUrl: string;
  readonly fate: VideoFate;
}

/** A video under way. */
export interface VideoTask extends VideoTaskSpec {
  readonly id: string;
  /** How often its state was asked for. */
  polls: number;
}

const usualPolls = 4;

/** The video tasks of all accounts. */
export class TaskBook {
  readonly #tasks = new Map<string, VideoTask>();
  /** With which question a video is done, or has failed the time before: no clock is involved. */
  pollsToEnd = usualPolls;

  create(spec: VideoTaskSpec): VideoTask {
    const task = { id: randomUUID(), ...spec, polls: 0 };
    this.#tasks.set(task.id, task);
    return task;
  }

  /** The account's own task. */
  find(accountId: string, id: string): VideoTask | undefined {
    const task = this.#tasks.get(id);
    return task?.accountId === accountId ? task : undefined;
  }

  /** Oldest first. */
  list(): readonly VideoTask[] {
    return [...this.#tasks.values()];
  }

  /** Whether the chat shows the video. */
  isShown({ fate, polls }: VideoTask): boolean {
    return fate === 'stuck' || (fate === 'succeeds' && polls >= this.pollsToEnd);
  }

  clear(): void {
    this.#tasks.clear();
    this.pollsToEnd = usualPolls;
  }
}
