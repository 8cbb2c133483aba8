import { spawnSync } from 'node:child_process';

/** Runs a program with this text as its input, and gives what it prints. Ends this program where that one fails. */
export function pipe(command, args, input) {
  const done = spawnSync(command, args, { input, maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'inherit'] });
  if (done.status !== 0) {
    console.error(`${command} ended with ${done.status ?? done.error?.message}`);
    process.exit(1);
  }
  return done.stdout;
}
