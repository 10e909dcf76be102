import { InvalidRequestError } from '../../chat/errors/request-errors.ts';
import { timeOfJobId } from '../../jobs/job-id.ts';
import { readLimit } from '../../usage/read-request-range.ts';
import { readRequestId } from '../../usage/request-id.ts';
import type { JobRange } from './job-list.ts';
import { shownStatuses } from './shown-job.ts';

const kinds = ['video', 'image'] as const;

/**
 * Reads which jobs are wanted.
 *
 * @throws InvalidRequestError naming what is wrong, also what there is not.
 */
export function readJobRange(query: Readonly<Record<string, string | undefined>>): JobRange {
  const { kind, status, limit, after, ...others } = query;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw problem(unknown, 'is not known here; there are kind, status, limit, after');
  return {
    kind: readChoice('kind', kind, kinds),
    status: readChoice('status', status, shownStatuses),
    limit: readLimit(limit),
    after: readAfter(after),
  };
}

function readAfter(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (timeOfJobId(text) !== undefined || readRequestId(text) !== undefined) return text;
  throw problem('after', 'must be the id of a job, as a list before gave it');
}

function readChoice<Choice extends string>(
  name: string,
  text: string | undefined,
  choices: readonly Choice[],
): Choice | undefined {
  if (text === undefined || text === '') return undefined;
  const choice = choices.find((known) => known === text);
  if (choice !== undefined) return choice;
  throw problem(name, `must be one of ${choices.join(', ')}`);
}

function problem(name: string, words: string): InvalidRequestError {
  return new InvalidRequestError(`'${name.slice(0, 100)}' ${words}.`, { param: name.slice(0, 100) });
}
