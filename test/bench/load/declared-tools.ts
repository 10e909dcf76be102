import { toolList } from '../../support/tool-lists.ts';

/** As many tools as a coding agent declares, in the OpenAI form. */
export const declaredTools = toolList('coding-agent')
  .filter(({ input }) => input === 'json')
  .map(({ name, description, parameters }) => ({ type: 'function', function: { name, description, parameters } }));
