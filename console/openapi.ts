import { gzipSync } from 'node:zlib';
import { writeApiReference } from './build/api-reference.ts';
import { consoleOutput } from './build/folders.ts';

// npm run openapi
const document = await writeApiReference(consoleOutput);
const { paths, components } = document;
const operations = Object.values(paths).flatMap((path) => Object.keys(path));
const text = JSON.stringify(document);
const kilobytes = (bytes: number) => `${Math.round(bytes / 1000)} KB`;
console.log(
  `dist/console/openapi.json: ${operations.length} operations, ${Object.keys(components.schemas).length} schemas, ` +
    `${kilobytes(text.length)}, ${kilobytes(gzipSync(text).length)} compressed`,
);
