import type { Server } from 'node:http';
import { createRequire } from 'node:module';

type Dynalite = (options: {
  path: string;
  createTableMs: number;
  deleteTableMs: number;
  updateTableMs: number;
}) => Server;

/**
 * DynamoDB for a laptop: dynalite, whose LevelDB files survive a kill. Closing the server closes the files.
 *
 * @param folder for the files.
 */
export function createTableServer(folder: string): Server {
  // dynalite is CommonJS without types.
  const dynalite: Dynalite = createRequire(import.meta.url)('dynalite');
  return dynalite({ path: folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
}
