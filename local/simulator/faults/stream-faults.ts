import type { AnswerPart } from '../answers/part.ts';
import { spacedJson } from '../json-spacing.ts';
import type { FaultRule } from './fault-rule.ts';

/** Changes the parts of an answer as a fault says; faults of the framing are `framingOf`'s. */
export function applyStreamFault(parts: Iterable<AnswerPart>, rule: FaultRule): Iterable<AnswerPart> {
  const after = rule.after ?? 0;
  switch (rule.fault) {
    case 'empty-body':
      return [{ type: 'end' }];
    case 'empty-after-created':
      return [{ type: 'created' }, { type: 'end' }];
    case 'system-role-no-answer':
      return [{ type: 'created' }, { type: 'finish' }];
    case 'native-tool-intercepted':
      return intercepted();
    case 'cut-after':
      return insertAfter(parts, after, [{ type: 'cut', by: 'close' }]);
    case 'reset-after':
      return insertAfter(parts, after, [{ type: 'cut', by: 'reset' }]);
    case 'end-without-finish':
      return insertAfter(parts, after, [{ type: 'end' }]);
    case 'stall-after':
      return insertAfter(parts, after, [{ type: 'stall', ms: rule.ms }]);
    case 'malformed-event':
      return insertAfter(parts, after, [{ type: 'raw', bytes: 'data: {"choices": [{"delta": {"role": "assi\n\n' }]);
    case 'unknown-phase':
      return insertAfter(parts, after, [{ type: 'raw', bytes: unknownPhaseFrames() }]);
    case 'error-frame':
      return insertAfter(parts, after, [{ type: 'raw', bytes: errorFrame(rule) }, { type: 'end' }]);
    case 'content-filter-after':
      return insertAfter(parts, after, [{ type: 'raw', bytes: contentFilterFrame() }, { type: 'end' }]);
    case 'second-response':
      return withOtherResponse(parts);
    case 'legacy-think':
      return withRawThinking(parts);
    case 'picture-missing':
    case 'picture-unseen':
      return withoutToolResults(parts);
    default:
      return parts;
  }
}

/** Puts parts behind the given number of text pieces, or before the end of the answer when it has fewer. */
function* insertAfter(
  parts: Iterable<AnswerPart>,
  after: number,
  inserted: readonly AnswerPart[],
): Generator<AnswerPart> {
  let passed = 0;
  let done = false;
  for (const part of parts) {
    const due = part.type === 'text' ? passed >= after : part.type === 'blank' || part.type === 'finish';
    if (!done && due) {
      done = true;
      yield* inserted;
    }
    passed += part.type === 'text' ? 1 : 0;
    yield part;
  }
}

function* withoutToolResults(parts: Iterable<AnswerPart>): Generator<AnswerPart> {
  for (const part of parts) {
    if (part.type !== 'tool-result') yield part;
  }
}

/** The platform answers in place of the caller's tool (qwen-web §9.3). */
function* intercepted(): Generator<AnswerPart> {
  yield { type: 'created' };
  yield { type: 'text', text: 'Tool get_weather' };
  yield { type: 'text', text: ' does not exists.' };
  yield { type: 'finish' };
}

function* withOtherResponse(parts: Iterable<AnswerPart>): Generator<AnswerPart> {
  for (const part of parts) {
    yield part;
    if (part.type === 'text') {
      yield { type: 'other-response', text: ' NOT THIS ONE' };
    }
  }
}

/** Summaries become raw thinking: what each one adds to the one before. */
function* withRawThinking(parts: Iterable<AnswerPart>): Generator<AnswerPart> {
  let known = 0;
  for (const part of parts) {
    if (part.type === 'summary') {
      for (const thought of part.thoughts.slice(known)) {
        yield { type: 'think', text: thought };
      }
      known = part.thoughts.length;
    } else if (part.type === 'summary-end') {
      known = 0;
      yield { type: 'think-end' };
    } else {
      yield part;
    }
  }
}

function errorFrame(rule: FaultRule): string {
  const code = rule.code ?? 'Internal_Server_Error';
  const details = rule.details ?? 'Something went wrong, please try again later.';
  const error = { code, details, num: rule.num };
  switch (rule.form ?? 'object') {
    case 'string':
      return `data: ${spacedJson({ error: `${code}: ${details}` })}\n\n`;
    case 'envelope':
      return `data: ${spacedJson({ success: false, request_id: 'in-stream', data: error })}\n\n`;
    case 'event':
      return `event: error\ndata: ${spacedJson(error)}\n\n`;
    default:
      return `data: ${spacedJson({ error })}\n\n`;
  }
}

/** A phase that nobody knows yet, from its beginning to its end. */
function unknownPhaseFrames(): string {
  const delta = { role: 'assistant', content: ' NOT FOR READERS', phase: 'dreaming' };
  return ['typing', 'finished']
    .map((status) => `data: ${spacedJson({ choices: [{ delta: { ...delta, status } }] })}\n\n`)
    .join('');
}

function contentFilterFrame(): string {
  const error = { code: 'data_inspection_failed', details: 'Output data may contain inappropriate content.' };
  return `data: ${spacedJson({ error })}\n\n`;
}
