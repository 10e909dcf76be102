import { openAccess } from '../../shared/composition/open-access.ts';
import { openFiles } from '../../shared/composition/open-files.ts';
import { createEndpoint } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);

export const handler = createEndpoint('files', openFiles(access), access.endpoint);
