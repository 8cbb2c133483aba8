import { useState, type JSX } from 'react';
import { parsePastedRequest } from '../../../core/routing/paste-request.ts';
import { actions, getAppState } from '../../state/index.ts';
import { Button, Dialog } from '../../ui/index.ts';

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** A sheet that takes a curl command or a line of the access log, fills the form with it and sends it. Who sends stays as it is. */
export function PasteRequest({ open, onOpenChange }: Props): JSX.Element {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | undefined>();
  const fill = (): void => {
    const parsed = parsePastedRequest(text);
    if (parsed.kind === 'refused') {
      setWrong(`${parsed.message} ${parsed.remedy ?? ''}`.trim());
      return;
    }
    const { from } = getAppState().request.form;
    actions.sendRequest({ ...parsed.value, from });
    setText('');
    onOpenChange(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Paste curl or log"
      about="A curl command, or a line of Envoy’s access log in Istio’s default format (text or JSON)."
    >
      <textarea
        className="ui-input rq-paste"
        aria-label="curl command or log line"
        aria-invalid={wrong !== undefined}
        rows={6}
        spellCheck={false}
        placeholder={"curl -H 'end-user: jason' http://reviews:9080/reviews/0"}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setWrong(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          fill();
        }}
      />
      {wrong === undefined ? null : (
        <p className="ui-note ui-note-error" role="alert">
          {wrong}
        </p>
      )}
      <div className="rq-acts">
        <Button look="primary" onClick={fill}>
          Fill the form
        </Button>
      </div>
    </Dialog>
  );
}
