import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endProgram, firstMessage } from '../programs/start-program.ts';
import { type Job, type Outcome, outcomeSchema } from './job.ts';

/** The load generator, in a process of its own so that its work is nobody else's. */
export class LoadGenerator {
  readonly #child: ChildProcess = fork(fileURLToPath(new URL('./main.ts', import.meta.url)));

  /** @throws Error when an answer was wrong. */
  async run(job: Job): Promise<Outcome> {
    const answered = firstMessage(this.#child, 'The load generator');
    this.#child.send(job);
    const [message]: unknown[] = await answered;
    const result = outcomeSchema.parse(message);
    if ('failure' in result) throw new Error(`${job.kind}: ${result.failure}`);
    return result.outcome;
  }

  close(): Promise<void> {
    return endProgram(this.#child);
  }
}
