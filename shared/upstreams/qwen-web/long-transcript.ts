import type { WholeFile } from '../../chat/upload.ts';
import { escapedBytes } from './escaped-bytes.ts';
import { excerptOf } from './excerpt.ts';
import { planSplit, type SplitPlan, type SplitRoom } from './plan-split.ts';
import { explanation, type Section, task, writeSections } from './transcript.ts';
import { instructionsDocument, partDocument } from './transcript-document.ts';
import type { Entry } from './transcript-entries.ts';
import { unusedMarker } from './transcript-marker.ts';

/** A conversation as a message and the files that belong to it. */
export interface LongTranscript {
  readonly text: string;
  readonly documents: readonly WholeFile[];
}

/** Escaped bytes that the reference of a file takes: about 1,400 with an address of usual length (qwen-web §6.3). */
export const referenceBytes = 2000;
/** Escaped bytes of the line before a message, without its label, and of the line breaks around. */
const lineBytes = 24;

/**
 * Writes a conversation that is too long for one message, as docs/protocol/transcript.md describes: the older part goes
 * into files, whole and in the same form.
 *
 * @param room escaped bytes for the text and for the references of the files that are added.
 * @param messageBytes the setting: what depends on it stays the same in all turns of a conversation.
 */
export function writeLongTranscript(entries: readonly Entry[], room: number, messageBytes: number): LongTranscript {
  const marker = unusedMarker(entries);
  const around = [`${explanation(marker)} ${filesExplanation(marker)}`, task(entries)] as const;
  const costs = entries.map(({ label, text }) => escapedBytes(text) + escapedBytes(label) + lineBytes);
  const sizes: SplitRoom = {
    sections: room - escapedBytes(around.join('\n\n\n\n')) - 2 * lineBytes,
    unit: Math.floor(messageBytes / 8),
    excerpt: Math.floor(messageBytes / 32),
    reference: referenceBytes,
  };
  const plan = planSplit(entries, costs, sizes);
  const documents = documentsOf(entries, plan);
  const sections = sectionsOf(entries, plan, documents, (entry) => {
    const own = escapedBytes(entry.label) + lineBytes + escapedBytes(' in file "instructions.txt"');
    return excerptOf(entry.text, marker, sizes.excerpt - own);
  });
  return { text: [around[0], writeSections(marker, sections), around[1]].join('\n\n'), documents };
}

function filesExplanation(marker: string): string {
  return (
    'It is too long for one message, so parts of it are in attached files, written in the same way. The line ' +
    `"${marker} messages in file" with a name stands in the place of all messages of that file: read them as if they stood ` +
    'here. A label that ends in "in file" and a name shows the beginning and the end of a message that is whole in that ' +
    'file. A label that ends in "again" shows a message of a file once more. ' +
    `The line "${marker} left out" stands where such a text is shortened.`
  );
}

function documentsOf(entries: readonly Entry[], { aside, parts }: SplitPlan): readonly WholeFile[] {
  const instructions = entries.filter((_, index) => aside.has(index));
  return [
    ...(instructions.length === 0 ? [] : [instructionsDocument(instructions)]),
    ...parts.map(({ from, to }, index) => partDocument(entries.slice(from, to), index + 1)),
  ];
}

function sectionsOf(
  entries: readonly Entry[],
  { headLength, aside, parts, again, tailFrom }: SplitPlan,
  documents: readonly WholeFile[],
  excerpt: (entry: Entry) => string,
): readonly Section[] {
  const inFile = (name: string | undefined) => `in file ${JSON.stringify(name)}`;
  const head = entries.slice(0, headLength).map((entry, index): Section => {
    if (!aside.has(index)) return entry;
    return { label: `${entry.label} ${inFile(documents[0]?.name)}`, text: excerpt(entry) };
  });
  const places = documents.slice(documents.length - parts.length).map(({ name }) => {
    return { label: `messages ${inFile(name)}`, text: '' };
  });
  const repeated = entries
    .filter((_, index) => again.includes(index))
    .map((entry) => ({ label: `${entry.label} again`, text: excerpt(entry) }));
  return [...head, ...places, ...repeated, ...entries.slice(tailFrom)];
}
