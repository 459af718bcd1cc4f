import { resolve } from 'node:path';
import { config } from 'dotenv';

/**
 * Adds the variables of the file `.env` to the environment of the process; what the environment has already wins.
 *
 * @returns a warning where the file is there and cannot be read
 */
export function readEnvironmentFile(directory = process.cwd(), env: NodeJS.ProcessEnv = process.env): string[] {
  const { error } = config({
    path: resolve(directory, '.env'),
    processEnv: env,
    quiet: true,
  });
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === undefined || code === 'ENOENT' ? [] : [`.env is there but cannot be read (${code})`];
}
