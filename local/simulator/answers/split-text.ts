const word = /\s*\S+|\s+$/gu;
const longest = 24;

/**
 * Cuts a text into pieces such as a model's tokens: about a word each, no character torn. A citation `[[12]]` is
 * always spread over pieces, as in the recordings (qwen-web §4.4).
 */
export function* splitText(text: string): Generator<string> {
  for (const [piece] of text.matchAll(word)) {
    const citation = piece.indexOf('[[');
    if (citation >= 0) {
      const cut = citation + 2 + (/^\d\d/.test(piece.slice(citation + 2)) ? 1 : 0);
      yield piece.slice(0, cut);
      yield* cutLong(piece.slice(cut));
    } else {
      yield* cutLong(piece);
    }
  }
}

function* cutLong(piece: string): Generator<string> {
  if (piece.length <= longest) {
    if (piece !== '') {
      yield piece;
    }
    return;
  }
  let cut = '';
  for (const character of piece) {
    cut += character;
    if (cut.length >= longest) {
      yield cut;
      cut = '';
    }
  }
  if (cut !== '') {
    yield cut;
  }
}
