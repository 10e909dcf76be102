import { openAccess } from '../../shared/composition/open-access.ts';
import { openKeyAdmin } from '../../shared/composition/open-key-admin.ts';
import { createEndpoint } from '../../shared/http/endpoint.ts';

const access = openAccess(process.env);

export const handler = createEndpoint('admin-keys', openKeyAdmin(access), access.endpoint);
