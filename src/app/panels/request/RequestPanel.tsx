import { useEffect, type JSX } from 'react';
import type { RequestForm as Form } from '../../../core/workspace/asked/types.ts';
import { actions, useAppState } from '../../state/index.ts';
import { Button, Icon } from '../../ui/index.ts';
import { Answer } from './Answer.tsx';
import './request.css';
import { RequestForm } from './RequestForm.tsx';
import { TraceView } from './TraceView.tsx';

/** `http://reviews:9080/ from default/app=web with end-user: jason`. */
function wordsOf({ method, url, from, headers }: Form): string {
  const who = from.startsWith('gateway:') ? 'the internet' : from;
  const [first] = headers;
  return `${method} ${url} from ${who}${first ? ` with ${first[0]}: ${first[1]}` : ''}`;
}

function Begin(): JSX.Element {
  const suggestions = useAppState((state) => state.request.answer?.suggestions);
  return (
    <div className="ui-empty rq-begin">
      <h3>One request, and why it goes where it goes</h3>
      <p>
        Write a method, a URL and who sends it: here stands every rule with the reason why it takes the request or not,
        where the request goes, and what comes back.
      </p>
      {suggestions?.map((form, index) => (
        <Button key={index} icon="play" onClick={() => actions.sendRequest(form)}>
          {wordsOf(form)}
        </Button>
      ))}
    </div>
  );
}

function About(): JSX.Element | null {
  const about = useAppState((state) => state.request.about);
  if (!about) return null;
  return (
    <p className="rq-about" data-reached={about.reached} role="status">
      <Icon name={about.reached ? 'check' : 'warning'} size={14} /> {about.text.replaceAll('`', '')}
    </p>
  );
}

/** A request and its answer, kept current while the text changes. The canvas lights its way as long as the panel is shown. */
export function RequestPanel(): JSX.Element {
  const version = useAppState((state) => state.version);
  const trace = useAppState((state) => state.request.answer?.trace);
  const refusal = useAppState((state) => state.request.answer?.refusal);
  useEffect(() => actions.refreshRequest(), [version]);
  useEffect(() => actions.leaveRequest, []);
  return (
    <div className="rq-box">
      <div className="rq">
        <RequestForm />
        <div className="rq-trace" tabIndex={0} role="group" aria-label="Why">
          <About />
          {refusal === undefined ? null : (
            <p className="ui-note ui-note-error rq-refusal" role="alert">
              <Icon name="error" size={14} />
              {refusal}
            </p>
          )}
          {trace ? <TraceView trace={trace} /> : refusal === undefined ? <Begin /> : null}
        </div>
        {trace ? (
          <div className="rq-end" tabIndex={0} role="group" aria-label="What comes back">
            <Answer trace={trace} />
          </div>
        ) : null}
      </div>
    </div>
  );
}
