import { ContextTooLongError } from '../../chat/errors/request-errors.ts';
import { estimateTokens } from '../../chat/shaping/estimate-tokens.ts';
import type { WholeFile } from '../../chat/upload.ts';
import { explanation, writeSections } from './transcript.ts';
import type { Entry } from './transcript-entries.ts';
import { unusedMarker } from './transcript-marker.ts';

/** Bytes of a document (qwen-web §6.5). */
const documentLimit = 20_000_000;

/** The file of the instructions at the beginning that do not fit into the message. */
export function instructionsDocument(entries: readonly Entry[]): WholeFile {
  return documentOf('instructions.txt', 'This file holds instructions that belong to a conversation.', entries);
}

/** @param number of the part: it stands in the text too, so that a file's bytes tell its name. */
export function partDocument(entries: readonly Entry[], number: number): WholeFile {
  return documentOf(`conversation-${number}.txt`, `This file is part ${number} of a conversation.`, entries);
}

/**
 * Writes messages as a file. Its bytes depend on these messages alone, so that an account that has it already needs it no
 * second time.
 *
 * @throws ContextTooLongError when the upstream would not take it.
 */
function documentOf(name: string, beginning: string, entries: readonly Entry[]): WholeFile {
  const marker = unusedMarker(entries);
  const text = `${beginning} ${explanation(marker)}\n\n${writeSections(marker, entries)}\n`;
  const bytes = Buffer.from(text);
  if (bytes.length <= documentLimit) return { name, mediaType: 'text/plain', bytes };
  const tokens = Math.ceil(estimateTokens(text, 0).tokens);
  throw new ContextTooLongError({ tokens, limit: Math.floor((tokens * documentLimit) / bytes.length) });
}
