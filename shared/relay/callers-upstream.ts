import { inCallersTerms } from '../accounts/pass-through/in-callers-terms.ts';
import type { ChatEvents } from '../chat/event.ts';
import type { ChatUpstream } from '../chat/upstream.ts';

/** What requests of callers need of an upstream. */
export type ServingUpstream = Pick<
  ChatUpstream,
  'callsTools' | 'chat' | 'upload' | 'grantUpload' | 'confirmUpload' | 'addressOf' | 'createChat' | 'deleteChat'
>;

/** The upstream for callers with tokens of their own: what it says about a token is said to whoever brought it. */
export function callersUpstream(upstream: ServingUpstream): ServingUpstream {
  return {
    callsTools: upstream.callsTools,
    async chat(request, credentials, signal) {
      const answer = await retold(upstream.chat(request, credentials, signal));
      return { ...answer, events: retoldEvents(answer.events), stop: () => answer.stop() };
    },
    upload: (file, credentials, signal) => retold(upstream.upload(file, credentials, signal)),
    grantUpload: (file, form, credentials, signal) => retold(upstream.grantUpload(file, form, credentials, signal)),
    confirmUpload: (reference, credentials, signal) => retold(upstream.confirmUpload(reference, credentials, signal)),
    addressOf: (reference) => upstream.addressOf(reference),
    createChat: (model, title, credentials, signal) => retold(upstream.createChat(model, title, credentials, signal)),
    deleteChat: (chatId, credentials, signal) => retold(upstream.deleteChat(chatId, credentials, signal)),
  };
}

async function retold<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    throw inCallersTerms(error);
  }
}

async function* retoldEvents(events: ChatEvents): ChatEvents {
  try {
    yield* events;
  } catch (error) {
    throw inCallersTerms(error);
  }
}
