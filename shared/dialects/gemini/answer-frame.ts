import type { AnswerIdentity } from '../../chat/dialect.ts';

/** The parts of a stream's chunks that never change, ready to be put around the parts that do. */
export interface AnswerFrame {
  /** Before the JSON string of a piece of text. */
  readonly textHead: string;
  /** Before the JSON string of a piece of thinking. */
  readonly thoughtHead: string;
  /** Behind either of them. */
  readonly textTail: string;
  /** A chunk whose only part is any other. */
  readonly chunkOf: (part: object) => string;
}

/** Makes the frame of one stream's chunks (client-apis C.3). */
export function makeAnswerFrame(identity: AnswerIdentity): AnswerFrame {
  const head = '{"candidates":[{"content":{"parts":[';
  const tail = `],"role":"model"},"index":0}],${JSON.stringify(answerNames(identity)).slice(1)}`;
  return {
    textHead: `${head}{"text":`,
    thoughtHead: `${head}{"thought":true,"text":`,
    textTail: `}${tail}`,
    chunkOf: (part) => head + JSON.stringify(part) + tail,
  };
}

/** What names an answer, on every chunk and on a whole one. */
export function answerNames({ model, id }: AnswerIdentity): { modelVersion: string; responseId: string } {
  return { modelVersion: model, responseId: id };
}
