import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { pruneErrorRegistry, type SlimClient, slimClientPlugin } from './slim-client-plugin.ts';

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

/** S3's client asks for both functions when it is made; what they give is called for streams of events only. */
const noEventStreams = `
function leftOut() {
  throw new Error("The bundles leave event streams of the AWS SDK out, see infra/bundle/slim-clients.ts");
}
export const eventStreamSerdeProvider = () => ({ serialize: leftOut, deserialize: leftOut });
export const resolveEventStreamSerdeConfig = (config) => config;
export class EventStreamSerde {
  constructor() {
    leftOut();
  }
}
`;

/**
 * Leaves out what the SDK would load for operations that stream events: none of ours does, and one that did would say
 * so.
 */
const withoutEventStreams: Plugin = {
  name: 'without-event-streams',
  setup(bundle) {
    bundle.onLoad({ filter: /@smithy[\\/]core[\\/]dist-es[\\/]submodules[\\/]event-streams[\\/]index\.js$/ }, () => ({
      contents: noEventStreams,
      loader: 'js',
    }));
  },
};

/** The plugins that make every client of the AWS SDK small; for one pass of the bundler. */
export function slimClients(): Plugin[] {
  return [...clients.map(slimClientPlugin), pruneErrorRegistry(tableClient), withoutEventStreams];
}
