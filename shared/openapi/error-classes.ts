import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GatewayError } from '../chat/errors/gateway-error.ts';
import { VideoJobError } from '../videos/video-errors.ts';
import { videoJobFailures } from './error-topics.ts';

/** What a caller sees of an error class. */
export interface ShownError {
  /** Of the class. */
  readonly name: string;
  readonly code: string;
  readonly status: number;
}

const root = join(import.meta.dirname, '../..');

/** Every error class of `shared/` that can be thrown, found by loading the modules that declare them. */
export async function errorClasses(): Promise<readonly ShownError[]> {
  const files = globSync('shared/**/*.ts', { cwd: root }).map((file) => join(root, file));
  const declaring = files.filter((file) => /class \w+ extends \w+Error\b/.test(readFileSync(file, 'utf8')));
  const modules = await Promise.all(declaring.map((file) => import(pathToFileURL(file).href)));
  return modules.flatMap((exported) => Object.values(exported).flatMap(shownBy));
}

function shownBy(candidate: unknown): readonly ShownError[] {
  if (typeof candidate !== 'function' || !(candidate.prototype instanceof GatewayError)) return [];
  // Some take a message and some a list of names: a list of one word will do for both.
  const error: unknown = Reflect.construct(candidate, [['message']]);
  // An abstract class leaves its code to its children.
  if (!(error instanceof GatewayError) || error.code === undefined) return [];
  return [{ name: candidate.name, code: error.code, status: error.status }];
}

/** The status of each code, those of failed videos included. @throws Error when two classes disagree about it. */
export async function errorStatuses(): Promise<ReadonlyMap<string, number>> {
  const statuses = new Map<string, number>();
  for (const { code, status } of await errorClasses()) {
    const known = statuses.get(code) ?? status;
    if (known !== status) throw new Error(`${code} has the statuses ${known} and ${status}`);
    statuses.set(code, status);
  }
  for (const code of videoJobFailures) statuses.set(code, new VideoJobError({ code, message: '' }).status);
  return statuses;
}
