import type { Source } from '../../chat/source.ts';
import { inlineText, linkTarget } from './markdown.ts';
import type { SearchInfoMode } from './options.ts';

/**
 * Search sources as the end of an answer's text.
 *
 * @returns `''` when there is nothing to append.
 */
export function sourcesText(sources: readonly Source[], mode: SearchInfoMode): string {
  if (sources.length === 0 || mode === 'annotations') return '';
  return mode === 'table' ? sourcesTable(sources) : sourcesList(sources);
}

function sourcesTable(sources: readonly Source[]): string {
  const rows = sources.map((source) => {
    const link = `[${title(source)}](${linkTarget(source.url)})`;
    return `| ${source.number} | ${link} | ${inlineText(source.siteName ?? '')} | ${inlineText(source.date ?? '')} |`;
  });
  return ['', '', '| No. | Source | Site | Date |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function sourcesList(sources: readonly Source[]): string {
  const lines = sources.map((source) => `${source.number}. ${title(source)}: ${linkTarget(source.url)}`);
  return ['', '', 'Sources:', '', ...lines].join('\n');
}

function title(source: Source): string {
  return inlineText(source.title) || inlineText(source.url);
}
