import type { JSX } from 'react';
import { countsOf as problemCounts, useAppState } from '../../state/index.ts';
import { Button, Dialog, Icon, IconButton } from '../../ui/index.ts';
import { showSheet, useViewState } from '../shell/view-state.ts';
import { countOf } from '../text.ts';
import { kubectlApply } from '../../../core/export/kubectl.ts';
import { copy, downloadFile, downloadStream, stream, STREAM_NAME } from './transfer.ts';

function Command({ text, label }: { readonly text: string; readonly label: string }): JSX.Element {
  return (
    <div className="pn-command">
      <code>{text}</code>
      <IconButton icon="copy" label={`Copy ${label}`} side="left" onClick={() => void copy(text, 'The command is')} />
    </div>
  );
}

function Warning(): JSX.Element | null {
  const errors = useAppState((state) => problemCounts(state.problems).all.errors);
  if (errors === 0) return null;
  return (
    <p className="pn-refusal" role="note">
      <span className="pn-error">
        <Icon name="error" size={14} />
      </span>
      There {errors === 1 ? 'is' : 'are'} {countOf(errors, 'error')}: the cluster may refuse a part of this. They are
      listed under Problems.
    </p>
  );
}

/** Takes the YAML out: one file, all as one stream, or through the clipboard, each with the kubectl command beside it. */
export function ExportSheet(): JSX.Element {
  const open = useViewState((state) => state.sheet === 'export');
  const files = useAppState((state) => state.files);
  return (
    <Dialog
      wide
      open={open}
      onOpenChange={(next) => !next && showSheet(null)}
      title="Export for kubectl"
      about="The text goes out exactly as it stands here. Meshwright never talks to a cluster: you run the command."
    >
      {files.length === 0 ? (
        <div className="ui-empty">
          <h3>There is nothing to export yet</h3>
          <p>Open an example or paste some YAML first.</p>
        </div>
      ) : (
        <>
          <Warning />
          <section className="pn-export" aria-label="All as one stream">
            <h3>All as one stream</h3>
            <div className="pn-export-line">
              <Button look="primary" icon="download" onClick={downloadStream}>
                Download {STREAM_NAME}
              </Button>
              <Command text={kubectlApply(STREAM_NAME)} label="the command" />
            </div>
            <div className="pn-export-line">
              <Button icon="copy" onClick={() => void copy(stream(), 'All of the YAML is')}>
                Copy all as YAML
              </Button>
              <Command text="kubectl apply -f -" label="the command for the clipboard’s text" />
            </div>
            <p className="ui-note">
              To see what the cluster would make of it without changing anything, add <code>--dry-run=server</code>.
            </p>
          </section>
          <section className="pn-export" aria-label="One file">
            <h3>One file</h3>
            <ul>
              {files.map((file) => {
                const name = file.id.slice(file.id.lastIndexOf('/') + 1);
                return (
                  <li key={file.id} className="pn-export-line">
                    <Button icon="download" onClick={() => downloadFile(file.id)}>
                      <span className="pn-export-name">{file.id}</span>
                    </Button>
                    <Command text={kubectlApply(name)} label={`the command for ${file.id}`} />
                  </li>
                );
              })}
            </ul>
          </section>
        </>
      )}
    </Dialog>
  );
}
