/** Reads one comment, from its first mark on: `//…`, `#…` to the end of the line, or one between `/*` and its end. */
export class CommentReader {
  #place: 'slash' | 'line' | 'block' | 'star';

  constructor(mark: '/' | '#') {
    this.#place = mark === '/' ? 'slash' : 'line';
  }

  /** @returns whether the character goes on, ends or disproves the comment. */
  push(character: string): 'on' | 'over' | 'none' {
    switch (this.#place) {
      case 'slash':
        if (character !== '/' && character !== '*') return 'none';
        this.#place = character === '/' ? 'line' : 'block';
        return 'on';
      case 'line':
        return character === '\n' ? 'over' : 'on';
      default:
        if (this.#place === 'star' && character === '/') return 'over';
        this.#place = character === '*' ? 'star' : 'block';
        return 'on';
    }
  }
}
