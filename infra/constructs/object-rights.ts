import { objectPrefixes } from '../../shared/objects/object-lifetimes.ts';
import type { DeployedName } from '../../shared/routes.ts';
import type { GatewayFunctions } from './gateway-functions.ts';
import type { ObjectAct, ObjectBucket } from './object-bucket.ts';

type Rights = Readonly<Partial<Record<keyof typeof objectPrefixes, readonly ObjectAct[]>>>;

/** Whose answers hold links to results, and who reads files that messages name. */
const answers: Rights = { results: ['read'], files: ['read'] };
/** And keeps what was said, when asked to. */
const chat: Rights = { ...answers, recordings: ['put'] };

/** What each function does with objects; those that are not here have no bucket. */
const rights: Readonly<Partial<Record<DeployedName, Rights>>> = {
  'chat-completions': chat,
  messages: chat,
  gemini: chat,
  responses: chat,
  'answer-response': answers,
  'native-chat': chat,
  files: { files: ['read', 'write', 'delete'], uploads: ['read', 'write', 'delete'] },
  // It signs for others, who send a file in one piece.
  'native-files': { files: ['put'] },
  // It sends a picture in one piece.
  images: { results: ['read', 'put'], files: ['read'], recordings: ['put'] },
  videos: { results: ['read', 'delete'] },
  'video-step': { results: ['write', 'delete'] },
  'admin-usage': { recordings: ['read'] },
};

/** Lets each function do what it does with objects, and tells it where they are. */
export function giveObjectRights(made: GatewayFunctions, bucket: ObjectBucket): void {
  for (const [name, lambda] of made.all) {
    const given = rights[name];
    if (given === undefined || lambda.role === undefined) continue;
    lambda.addEnvironment('BUCKET_NAME', bucket.name);
    for (const [kind, prefix] of Object.entries(objectPrefixes)) {
      const [, acts = []] = Object.entries(given).find(([known]) => known === kind) ?? [];
      if (acts.length > 0) bucket.grant(lambda.role, prefix, acts);
    }
  }
}
