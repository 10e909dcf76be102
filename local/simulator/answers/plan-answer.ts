import type { StoredMessage } from '../chats/chat-book.ts';
import { canThink } from '../models/catalogue.ts';
import type { CompletionRequest } from './completion-request.ts';
import { composeReply } from './compose-reply.ts';
import type { AnswerPart } from './part.ts';
import { type Picture, planPicture, planPictureEdit } from './plan-picture.ts';
import { planScript } from './plan-script.ts';
import { citations, planSearch } from './plan-search.ts';
import { planRawThinking, planSummary, type Thought } from './plan-thinking.ts';
import type { AnswerScript } from './script.ts';

export interface AnswerContext {
  readonly history: readonly StoredMessage[];
  readonly script: AnswerScript | undefined;
  readonly picture: Picture;
  readonly videoUrl: string;
}

/** The parts of an answer, in the order in which the upstream would send them. */
export function* planAnswer(request: CompletionRequest, context: AnswerContext): Generator<AnswerPart> {
  if (context.script?.raw !== undefined) {
    yield* planScript(context.script);
    return;
  }
  yield { type: 'created' };
  if (request.message.role === 'system') {
    yield { type: 'finish' };
    return;
  }
  if (context.script === undefined && request.message.chatType === 't2v') {
    yield { type: 'info', action: 'keep_alive' };
    yield { type: 'video', url: context.videoUrl };
    return;
  }
  yield* context.script === undefined ? planContent(request, context) : planScript(context.script);
  yield { type: 'blank' };
  yield { type: 'blank' };
  yield { type: 'finish' };
}

function* planContent(request: CompletionRequest, context: AnswerContext): Generator<AnswerPart> {
  const { message } = request;
  if (message.chatType === 't2i') {
    yield* planPicture(message.text, context.picture);
    return;
  }
  if (message.chatType === 'image_edit') {
    yield* planPictureEdit(context.picture);
    return;
  }
  const thinking = message.thinking && canThink(request.model);
  if (thinking) {
    yield* message.rawThinking
      ? planRawThinking(thoughtsAbout(message.text))
      : planSummary(thoughtsAbout(message.text));
  } else if (message.thinking) {
    yield { type: 'info', action: 'skip_think' };
  }
  const search = message.chatType === 'search';
  if (search) {
    yield* planSearch(message.text, thinking);
  }
  for (const text of composeReply(request, context.history)) {
    yield { type: 'text', text };
  }
  if (search && !/repeat:|count to/i.test(message.text)) {
    yield* citedPages();
  }
}

/** The citations, torn apart as in the recordings. */
function* citedPages(): Generator<AnswerPart> {
  yield { type: 'text', text: ' See' };
  for (const citation of citations) {
    yield { type: 'text', text: ` ${citation.slice(0, 2)}` };
    yield { type: 'text', text: citation.slice(2) };
  }
  yield { type: 'text', text: '.' };
}

function thoughtsAbout(text: string): readonly Thought[] {
  return [
    {
      title: 'Reading the message',
      thought: `The message has ${text.length} characters.\nI look at what it asks for.`,
    },
    { title: 'Planning the answer', thought: 'I will say what I saw.' },
  ];
}
