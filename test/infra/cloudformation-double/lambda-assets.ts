import type { ObjectStore } from './object-store.ts';
import { ServiceError } from './service-error.ts';
import { isRecord, type Template } from './template.ts';
import { listZipEntries } from './zip-entries.ts';

/**
 * Checks that the code of every function that is not inline has been uploaded, as an archive with its handler's file.
 *
 * @throws ServiceError when one is missing.
 */
export function assertLambdaAssets(template: Template, objects: ObjectStore): void {
  for (const [id, { type, properties }] of template.resources) {
    if (type !== 'AWS::Lambda::Function' || !isRecord(properties)) continue;
    const code = isRecord(properties.Code) ? properties.Code : {};
    if (typeof code.ZipFile === 'string') continue;
    const archive = objects.get(String(code.S3Key));
    if (archive === undefined) throw refusal(id, `${code.S3Key} was not uploaded`);
    const file = `${String(properties.Handler).split('.')[0]}.mjs`;
    if (!listZipEntries(archive).includes(file)) throw refusal(id, `${code.S3Key} holds no ${file}`);
  }
}

function refusal(id: string, message: string): ServiceError {
  return new ServiceError('ValidationError', `Resource ${id}: ${message}`);
}
