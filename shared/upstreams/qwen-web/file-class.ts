/** The upstream's two names for one kind of file (qwen-web §6.3). */
export interface FileClass {
  readonly type: 'image' | 'video' | 'audio' | 'file';
  readonly fileClass: 'vision' | 'video' | 'audio' | 'document';
}

/** What is neither picture, film nor sound is a document. */
export function fileClassOf(mediaType: string): FileClass {
  switch (mediaType.split('/')[0]) {
    case 'image':
      return { type: 'image', fileClass: 'vision' };
    case 'video':
      return { type: 'video', fileClass: 'video' };
    case 'audio':
      return { type: 'audio', fileClass: 'audio' };
    default:
      return { type: 'file', fileClass: 'document' };
  }
}
