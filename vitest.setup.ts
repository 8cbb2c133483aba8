import fc from 'fast-check';

// One seed for a whole run, printed on failure by fast-check itself; LAWS_RUNS asks for the long run.
fc.configureGlobal({
  seed: Number(process.env['LAWS_SEED'] ?? 20261124),
  numRuns: Number(process.env['LAWS_RUNS'] ?? 300),
});
