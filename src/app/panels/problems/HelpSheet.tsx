import { useEffect, useRef, type JSX } from 'react';
import { helpFor } from '../../../core/checks/help/index.ts';
import { diffLines } from '../../../core/text/diff-lines.ts';
import { actions, useAppState } from '../../state/index.ts';
import { Dialog } from '../../ui/index.ts';

interface YamlProps {
  readonly title: string;
  readonly lines: readonly string[];
  /** From the first line that differs to behind the last one, for each stretch. */
  readonly marks: readonly { readonly from: number; readonly to: number }[];
}

/** One of the pair. What differs is marked, and is in view at first. */
function Yaml({ title, lines, marks }: YamlProps): JSX.Element {
  const first = useRef<HTMLElement>(null);
  useEffect(() => {
    first.current?.scrollIntoView({ block: 'center' });
  }, []);
  const start = marks[0]?.from ?? 0;
  return (
    <figure className="pn-page-yaml">
      <figcaption className="pn-heading">{title}</figcaption>
      <pre tabIndex={0} role="group" aria-label={title}>
        {lines.map((line, at) =>
          marks.some(({ from, to }) => at >= from && at < to) ? (
            <mark key={at} ref={at === start ? first : null}>
              {line}
              {'\n'}
            </mark>
          ) : (
            `${line}\n`
          ),
        )}
      </pre>
    </figure>
  );
}

function Pair({ broken, mended }: { readonly broken: string; readonly mended: string | undefined }): JSX.Element {
  const before = broken.trimEnd().split('\n');
  const after = (mended ?? broken).trimEnd().split('\n');
  const changes = diffLines(before, after);
  return (
    <div className="pn-page-pair">
      <Yaml title="Broken" lines={before} marks={changes.map((change) => change.before)} />
      {mended === undefined ? null : (
        <Yaml title="Mended" lines={after} marks={changes.map((change) => change.after)} />
      )}
    </div>
  );
}

/** The page of help on a code: what it means, what follows from it, and an example with its cure. */
export function HelpSheet(): JSX.Element {
  const code = useAppState((state) => state.help);
  const help = code === null ? undefined : helpFor(code);
  return (
    <Dialog
      wide
      open={code !== null}
      onOpenChange={(next) => !next && actions.showHelp(null)}
      title={help?.title ?? code ?? ''}
      about={help?.consequence ?? 'There is no page of help on this yet.'}
    >
      {help ? (
        <div className="pn-page">
          <p>{help.why}</p>
          {help.remedy === undefined ? null : (
            <p className="pn-page-remedy">
              <strong>What to do:</strong> {help.remedy}
            </p>
          )}
          {help.example === undefined ? null : <Pair key={help.code} broken={help.example} mended={help.cure} />}
          <p className="pn-dim pn-page-code">{help.code}</p>
        </div>
      ) : null}
    </Dialog>
  );
}
