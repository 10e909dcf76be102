import { authRoutes } from '../accounts/auth-routes.ts';
import { settingsRoutes } from '../accounts/settings-routes.ts';
import { completionRoutes } from '../answers/completion-routes.ts';
import { chatRoutes } from '../chats/chat-routes.ts';
import { modelRoutes } from '../models/model-routes.ts';
import { taskRoutes } from '../tasks/task-routes.ts';
import { storageRoutes } from '../uploads/storage-routes.ts';
import { uploadRoutes } from '../uploads/upload-routes.ts';
import type { SimulatorRoute } from './route.ts';

/** Every path of the upstream that the simulator has; the first match wins. */
export const simulatorRoutes: readonly SimulatorRoute[] = [
  ...authRoutes,
  ...settingsRoutes,
  ...modelRoutes,
  ...chatRoutes,
  ...completionRoutes,
  ...taskRoutes,
  ...uploadRoutes,
  ...storageRoutes,
];
