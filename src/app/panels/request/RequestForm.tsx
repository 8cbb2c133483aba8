import { useState, type JSX } from 'react';
import { actions, useAppState } from '../../state/index.ts';
import { Button, IconButton } from '../../ui/index.ts';
import { KeptRequests } from './KeptRequests.tsx';
import { PasteRequest } from './PasteRequest.tsx';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
const OTHER = '(another)';

/** What is picked from a list holds at once where a request was sent already: there is nothing half typed about it. */
function pick(changes: { readonly method?: string; readonly from?: string }): void {
  actions.editRequest(changes);
  actions.refreshPicked(changes);
}

function From(): JSX.Element {
  const from = useAppState((state) => state.request.form.from);
  const callers = useAppState((state) => state.request.answer?.callers);
  const [writing, setWriting] = useState(false);
  const isListed = callers?.some((caller) => caller.from === from) ?? true;
  const isOther = writing || (!isListed && from !== '');
  return (
    <div className="rq-field">
      <label htmlFor="rq-from">From</label>
      <select
        id="rq-from"
        className="ui-select"
        value={isOther ? OTHER : from}
        onChange={({ target }) => {
          setWriting(target.value === OTHER);
          if (target.value !== OTHER) pick({ from: target.value });
        }}
      >
        {callers?.map((caller) => (
          <option key={caller.from} value={caller.from}>
            {caller.label}
          </option>
        ))}
        <option value={OTHER}>Another workload or gateway …</option>
      </select>
      {isOther ? (
        <input
          className="ui-input"
          aria-label="Workload or gateway: namespace/label=value, or gateway:label=value"
          placeholder="default/app=sleep,version=v1"
          spellCheck={false}
          value={from}
          onChange={({ target }) => actions.editRequest({ from: target.value })}
        />
      ) : null}
    </div>
  );
}

function Headers(): JSX.Element {
  const headers = useAppState((state) => state.request.form.headers);
  const change = (at: number, header: readonly [string, string] | undefined): void =>
    actions.editRequest({
      headers: headers.flatMap((old, index) => (index !== at ? [old] : header ? [header] : [])),
    });
  return (
    <div className="rq-field" role="group" aria-labelledby="rq-headers">
      <span id="rq-headers">Headers</span>
      {headers.map(([name, value], index) => (
        <div className="rq-header" key={index}>
          <input
            className="ui-input"
            aria-label={`Name of header ${String(index + 1)}`}
            placeholder="end-user"
            spellCheck={false}
            autoComplete="off"
            value={name}
            onChange={({ target }) => change(index, [target.value, value])}
          />
          <input
            className="ui-input"
            aria-label={`Value of header ${String(index + 1)}`}
            placeholder="jason"
            spellCheck={false}
            autoComplete="off"
            value={value}
            onChange={({ target }) => change(index, [name, target.value])}
          />
          <IconButton
            icon="close"
            label={`Remove header ${name || String(index + 1)}`}
            onClick={() => change(index, undefined)}
          />
        </div>
      ))}
      <Button look="quiet" icon="plus" onClick={() => actions.editRequest({ headers: [...headers, ['', '']] })}>
        Header
      </Button>
    </div>
  );
}

/** The request as one writes it down: Enter sends it. */
export function RequestForm(): JSX.Element {
  const { method, url } = useAppState((state) => state.request.form);
  const canKeep = useAppState((state) => state.request.answer?.trace !== undefined && state.request.sent !== undefined);
  const [pasting, setPasting] = useState(false);
  const methods = METHODS.includes(method) ? METHODS : [...METHODS, method];
  return (
    <form
      className="rq-form"
      onSubmit={(event) => {
        event.preventDefault();
        actions.sendRequest();
      }}
    >
      <div className="rq-url">
        <select
          className="ui-select"
          aria-label="Method"
          value={method}
          onChange={({ target }) => pick({ method: target.value })}
        >
          {methods.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
        <input
          className="ui-input"
          aria-label="URL"
          placeholder="http://reviews:9080/"
          spellCheck={false}
          autoComplete="off"
          value={url}
          onChange={({ target }) => actions.editRequest({ url: target.value })}
        />
      </div>
      <From />
      <Headers />
      <div className="rq-acts">
        <button type="submit" className="ui-button ui-button-primary">
          Send
        </button>
        <Button disabled={!canKeep} onClick={() => actions.keepRequest()}>
          Keep as a test
        </Button>
        <Button onClick={() => setPasting(true)}>Paste curl or log</Button>
      </div>
      <KeptRequests />
      <PasteRequest open={pasting} onOpenChange={setPasting} />
    </form>
  );
}
