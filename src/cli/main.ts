import { answerCommand } from './answer.ts';
import { checkCommand } from './check.ts';
import { explainCommand } from './explain.ts';
import { asksForFixes, fixCommand } from './fix.ts';
import { routeCommand } from './route.ts';
import { setCommand } from './set.ts';
import { simulateCommand } from './simulate.ts';
import { verdictCommand } from './verdict.ts';

const usage = `Usage: meshwright COMMAND …

  check FILE... [--format text|json|sarif|junit|github] [--fail-on error|warning|info] [--eyes LIST] [--complete] [--show-muted] [--fix | --fix-dry-run]
            what is wrong in files, folders, globs or standard input (-); meshwright check --help says more
            --fix mends what has a safe fix; --fix-dry-run prints that as a diff
  explain CODE...
            what a code of check means, with an example and its cure
  route FILE... --from gateway:istio=ingressgateway|NAMESPACE/KEY=VALUE,... URL [-X METHOD] [-H 'k: v']... [--json]
            which rule takes a request, and why
  answer [FILE]
            routing cases in, answers out (JSON lines)
  verdict [FILE] [--crd]
            check cases in, verdicts out (JSON lines); --crd asks the CRDs too
  set FILE 'VirtualService default/reviews' PATH VALUE [--write]
            change one value by the least edit; prints a diff without --write
  simulate FILE... [--requests N] [--seed S] [--json]
            send seeded requests and count where they go
`;

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  answer: answerCommand,
  check: (given) => (asksForFixes(given) ? fixCommand(given) : checkCommand(given)),
  explain: explainCommand,
  route: routeCommand,
  set: setCommand,
  simulate: simulateCommand,
  verdict: verdictCommand,
};

const [name, ...args] = process.argv.slice(2);
const command = name === undefined ? undefined : commands[name];
if (command) {
  process.exitCode = await command(args);
} else {
  const asked = name === undefined || name === '--help' || name === '-h' || name === 'help';
  if (!asked) console.error(`meshwright has no command "${name}".\n`);
  (asked ? process.stdout : process.stderr).write(usage);
  process.exitCode = asked ? 0 : 2;
}
