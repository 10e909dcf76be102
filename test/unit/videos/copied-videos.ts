import { Readable } from 'node:stream';
import { VideoSourceError } from '../../../shared/videos/video-source.ts';
import type { VideoCopies } from '../../../shared/videos/video-work.ts';

type Objects = VideoCopies['objects'];

/** A bucket in memory and the upstream's files, both of which do what a test says. */
export class CopiedVideos {
  readonly kept = new Map<string, string>();
  readonly opened: string[] = [];
  /** What an address holds. */
  onOpen: (url: string) => Readable = (url) => Readable.from([Buffer.from(`video of ${url}`)]);
  onPut: () => void = () => undefined;

  get copies(): VideoCopies {
    return { objects: this.#objects(), source: { open: async (url) => this.#open(url) }, keepDays: 7 };
  }

  /** An address that is over. */
  gone(): Readable {
    throw new VideoSourceError("the upstream's file can't be fetched", true);
  }

  #objects(): Objects {
    return {
      putStream: async (key, chunks) => {
        const pieces: Uint8Array[] = [];
        for await (const chunk of chunks) pieces.push(chunk);
        this.onPut();
        const bytes = Buffer.concat(pieces);
        this.kept.set(key, bytes.toString());
        return { size: bytes.length };
      },
      delete: async (key) => {
        this.kept.delete(key);
      },
    };
  }

  #open(url: string): Readable {
    this.opened.push(url);
    return this.onOpen(url);
  }
}
