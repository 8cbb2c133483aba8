import type { JSX } from 'react';
import { helpFor } from '../../../core/checks/help/index.ts';
import { actions, useAppState } from '../../state/index.ts';
import { Dialog } from '../../ui/index.ts';

function Yaml({ title, text }: { readonly title: string; readonly text: string | undefined }): JSX.Element | null {
  if (text === undefined) return null;
  return (
    <figure className="pn-page-yaml">
      <figcaption className="pn-heading">{title}</figcaption>
      <pre tabIndex={0} role="group" aria-label={title}>
        {text}
      </pre>
    </figure>
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
          <div className="pn-page-pair">
            <Yaml title="Broken" text={help.example} />
            <Yaml title="Mended" text={help.cure} />
          </div>
          <p className="pn-dim pn-page-code">{help.code}</p>
        </div>
      ) : null}
    </Dialog>
  );
}
