import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { pruneSchemas, type SlimClient, slimClientPlugin } from './slim-client-plugin.ts';
import { versionOnly } from './version-only-plugin.ts';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** The clients that functions import lazily. */
const clients: readonly SlimClient[] = [
  {
    packageName: '@aws-sdk/client-ssm',
    facade: here('./parameter-client.ts'),
    keptErrors: ['ParameterNotFound', 'ParameterAlreadyExists'],
  },
  {
    packageName: '@aws-sdk/client-sfn',
    facade: here('./step-functions-client.ts'),
    keptErrors: ['ExecutionAlreadyExists', 'ExecutionDoesNotExist'],
  },
  { packageName: '@aws-sdk/client-s3', facade: here('./object-client.ts'), keptErrors: [] },
  { packageName: '@aws-sdk/client-sns', facade: here('./notification-client.ts'), keptErrors: [] },
];

/** The table's, which every function imports at its start: unused operations fall out by themselves. */
const tableClient = { packageName: '@aws-sdk/client-dynamodb', keptErrors: ['ConditionalCheckFailedException'] };

const complaint = (part: string) =>
  JSON.stringify(`The bundles leave ${part} of the AWS SDK out, see infra/bundle/slim-clients.ts`);

/** S3's client asks for both functions when it is made; what they give is called for streams of events only. */
const noEventStreams = `
function leftOut() {
  throw new Error(${complaint('event streams')});
}
export const eventStreamSerdeProvider = () => ({ serialize: leftOut, deserialize: leftOut });
export const resolveEventStreamSerdeConfig = (config) => config;
export class EventStreamSerde {
  constructor() {
    leftOut();
  }
}
`;

/** The table's client makes the cache, with a package of containers, and uses it once discovery is asked for. */
const noEndpointCache = `
function leftOut() {
  throw new Error(${complaint('endpoint discovery')});
}
export class EndpointCache {
  getEndpoint() { leftOut(); }
  get() { leftOut(); }
  set() { leftOut(); }
  delete() { leftOut(); }
  has() { leftOut(); }
  clear() { leftOut(); }
}
`;

/** Node has a hash of its own; the SDK asks for this one when Node was built without. */
const noOwnHash = `
export class Sha256Js {
  constructor() {
    throw new Error(${complaint('SHA-256 in JavaScript')});
  }
}
`;

/** What the SDK loads at its start for uses that none of ours is; one that was would say so. */
const leftOutParts: readonly { readonly file: RegExp; readonly contents: string }[] = [
  { file: /@smithy[\\/]core[\\/]dist-es[\\/]submodules[\\/]event-streams[\\/]index\.js$/, contents: noEventStreams },
  { file: /@aws-sdk[\\/]endpoint-cache[\\/]dist-es[\\/]index\.js$/, contents: noEndpointCache },
  {
    file: /@smithy[\\/]core[\\/]dist-es[\\/]submodules[\\/]checksum[\\/]sha256[\\/]Sha256Js\.js$/,
    contents: noOwnHash,
  },
];

const withoutParts: Plugin = {
  name: 'without-parts-of-the-sdk',
  setup(bundle) {
    for (const { file, contents } of leftOutParts) bundle.onLoad({ filter: file }, () => ({ contents, loader: 'js' }));
  },
};

/** The plugins that make every client of the AWS SDK small; for one pass of the bundler. */
export function slimClients(): Plugin[] {
  return [...clients.map(slimClientPlugin), pruneSchemas(tableClient), versionOnly, withoutParts];
}
