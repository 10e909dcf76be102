import { openAccess } from '../../shared/composition/open-access.ts';
import { openAdmin } from '../../shared/composition/open-admin.ts';
import { createEndpoint } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);

export const handler = createEndpoint('admin-accounts', openAdmin(access, process.env), access.endpoint);
