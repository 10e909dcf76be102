import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../../shared/endpoints/show-info.ts';
import { errorStatuses } from '../../shared/openapi/error-classes.ts';
import { makeDocument, type OpenApiDocument } from '../../shared/openapi/make-document.ts';

const pageFolder = fileURLToPath(new URL('api-docs', import.meta.url));
const interfaceFolder = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));

const pageFiles = ['index.html', 'reference.css', 'start-reference.js'];
const interfaceFiles = [
  'swagger-ui-bundle.js',
  'swagger-ui-bundle.js.LICENSE.txt',
  'swagger-ui.css',
  'LICENSE',
  'NOTICE',
];

/**
 * Writes the OpenAPI document and the page that shows it: `openapi.json`, and Swagger UI below `api-docs/`.
 *
 * @param folder of the built console.
 * @throws Error when the route table and its descriptions do not agree.
 */
export async function writeApiReference(folder: string): Promise<OpenApiDocument> {
  const document = makeDocument(version, await errorStatuses());
  const target = join(folder, 'api-docs');
  await mkdir(target, { recursive: true });
  await Promise.all([
    writeFile(join(folder, 'openapi.json'), JSON.stringify(document)),
    ...pageFiles.map((file) => copyFile(join(pageFolder, file), join(target, file))),
    ...interfaceFiles.map((file) => copyFile(join(interfaceFolder, file), join(target, file))),
  ]);
  return document;
}
