import { describe, expect, it } from 'vitest';
import { recordedAnswers } from '../recorded-answers.ts';
import { asked, streamed, whole } from './asked.ts';

const delta = (index: number, fields: object) => ({ type: 'content_block_delta', index, delta: fields });

describe('what is no text', () => {
  it('becomes Markdown', () => {
    expect(whole(recordedAnswers.picture).content).toEqual([
      { type: 'text', text: '![Image](https://cdn.example/blue.png?key=k)\n\nA circle.' },
    ]);
    expect(whole(recordedAnswers.video).content[0].text).toContain('[Video](https://cdn.example/v.mp4)');
  });

  it('of a search becomes citations of the pages that the text cites', () => {
    const citations = ['b.example/two', 'a.example/one'].map((page) => ({
      type: 'web_search_result_location',
      url: `https://${page}`,
      title: page.startsWith('b') ? 'Two' : 'One',
      cited_text: '',
      encrypted_index: '',
    }));
    const events = streamed(recordedAnswers.search);
    expect(events.filter(({ delta: { type } = { type: '' } }) => type === 'citations_delta')).toEqual(
      citations.map((citation) => delta(0, { type: 'citations_delta', citation })),
    );
    expect(whole(recordedAnswers.search).content).toEqual([
      { type: 'text', text: 'Released [[2]] and stable [[1]].', citations },
    ]);
  });

  it('of a search may stand behind the text, but not behind JSON', () => {
    const format = { output_config: { format: { type: 'json_schema', schema: {} } } };
    expect(whole(recordedAnswers.search, asked({}, { searchInfoMode: 'text' })).content[0].text).toContain('Sources:');
    expect(whole(recordedAnswers.search, asked(format, { searchInfoMode: 'text' })).content[0].text).not.toContain(
      'Sources:',
    );
  });
});
