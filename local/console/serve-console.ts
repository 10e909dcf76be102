import type { IncomingMessage } from 'node:http';
import type { Answer } from '../front-door/answer.ts';
import type { ConsoleFile, ConsoleFiles } from './console-files.ts';

/**
 * Answers with a file of the console when the request is for one.
 *
 * @param path without its query.
 * @param otherwise called when it is not, or when there is no such file.
 */
export function serveConsole(
  files: ConsoleFiles,
  { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  path: string,
  answer: Answer,
  otherwise: () => void,
): void {
  if ((method !== 'GET' && method !== 'HEAD') || !files.claims(path)) {
    otherwise();
    return;
  }
  // What the page names is relative to its folder.
  if (path === '/api-docs') {
    answer.setHead({ statusCode: 308, headers: { location: '/api-docs/' } });
    answer.end();
    return;
  }
  files.find(path).then(
    (file) => {
      if (file === undefined) otherwise();
      else send(file, headers['if-none-match']?.includes(file.etag) === true, method, answer);
    },
    () => answer.fail(502, 'The file of the console can’t be read.'),
  );
}

function send(file: ConsoleFile, isKnown: boolean, method: 'GET' | 'HEAD', answer: Answer): void {
  answer.setHead({ statusCode: isKnown ? 304 : 200, headers: isKnown ? withoutLength(file.headers) : file.headers });
  if (!isKnown && method === 'GET') answer.write(file.content);
  answer.end();
}

function withoutLength({ 'content-length': _, ...headers }: Readonly<Record<string, string>>) {
  return headers;
}
