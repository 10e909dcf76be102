/** At least three words: a sentence for people or for the model, no word of a protocol. */
const sentence = /\p{L}+,? \p{L}+,? \p{L}+/u;

/**
 * Leaves sentences as they are: a test that pins the wording of a message or an instruction finds no error.
 * Terms within a template that decide something are mutated nevertheless.
 */
const leaveSentences = {
  shouldIgnore({ node }) {
    return wordsOf(node).some((text) => sentence.test(text)) ? 'a sentence' : undefined;
  },
};

function wordsOf(node) {
  if (node.type === 'StringLiteral') return [node.value];
  if (node.type !== 'TemplateLiteral' || node.expressions.some(decides)) return [];
  return node.quasis.map(({ value }) => value.raw);
}

function decides({ type }) {
  return type !== 'Identifier' && type !== 'MemberExpression';
}

export const strykerPlugins = [{ kind: 'Ignore', name: 'sentences', value: leaveSentences }];
