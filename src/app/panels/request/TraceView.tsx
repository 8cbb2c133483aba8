import type { JSX, ReactNode } from 'react';
import type { SaidOutcome, SaidRule, Trace } from '../../../core/workspace/asked/types.ts';
import { Chip, HueDot, Icon, hueColor } from '../../ui/index.ts';
import { countOf } from '../text.ts';
import { percentText } from './percent.ts';
import { LineLink, Sentences, Words } from './Words.tsx';

const VERDICTS = {
  taken: { sign: 'check', word: 'taken' },
  failed: { sign: 'close', word: 'no match' },
  later: { sign: 'minus', word: 'not reached' },
  off: { sign: 'minus', word: 'not here' },
} as const;

function Rule({ rule }: { readonly rule: SaidRule }): JSX.Element {
  const { sign, word } = VERDICTS[rule.verdict];
  return (
    <li className="rq-rule" data-verdict={rule.verdict} aria-current={rule.verdict === 'taken' ? 'true' : undefined}>
      <span className="rq-number">
        <span className="ui-hidden">Rule </span>
        {rule.number}
      </span>
      <span className="rq-conditions">
        {rule.conditions.length === 0 ? 'any request' : rule.conditions.map((one) => <Chip key={one}>{one}</Chip>)}
        {rule.title === '' ? null : <span className="pn-dim">{rule.title}</span>}
      </span>
      <span className="rq-verdict">
        <Icon name={sign} size={13} /> {word}
      </span>
      <span className="rq-why">
        <Words text={rule.text} />
      </span>
      <LineLink place={rule.place} />
    </li>
  );
}

function Part({ name, children }: { readonly name: string; readonly children: ReactNode }): JSX.Element {
  return (
    <section className="rq-part" aria-label={name}>
      <h3>{name}</h3>
      <div>{children}</div>
    </section>
  );
}

function Shares({ outcomes }: { readonly outcomes: readonly SaidOutcome[] }): JSX.Element | null {
  const going = outcomes.filter(({ label }) => label !== '');
  if (going.length === 0) {
    const isClosed = outcomes[0]?.title === 'refused';
    return (
      <p className="pn-dim">
        Nowhere: {isClosed ? 'the connection is closed' : 'it is answered before it gets to a workload'}.
      </p>
    );
  }
  return (
    <>
      {going.length > 1 ? (
        <div className="rq-bar" aria-hidden="true">
          {going.map((one, index) => (
            <span key={index} style={{ '--hue': hueColor(one.hue), flexGrow: one.probability }}>
              {one.probability >= 0.15 ? `${one.label.split(' ').at(-1) ?? ''} ${percentText(one.probability)}` : ''}
            </span>
          ))}
        </div>
      ) : null}
      <ul className="rq-shares">
        {going.map((one, index) => (
          <li key={index}>
            <HueDot hue={one.hue} />
            <span>
              {one.label} {percentText(one.probability)}
            </span>
            <code>{one.cluster}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The way of a request: where it arrives, every rule with its reason, where it goes, and what happens on the way. */
export function TraceView({ trace }: { readonly trace: Trace }): JSX.Element {
  return (
    <>
      <Part name="Where it arrives">
        <Sentences said={trace.entry} />
      </Part>
      {trace.rules.length === 0 ? null : (
        <ol className="rq-rules" aria-label="Rules">
          {trace.rules.map((rule, index) => (
            <Rule key={index} rule={rule} />
          ))}
        </ol>
      )}
      {trace.leftOut > 0 ? (
        <p className="rq-more">{countOf(trace.leftOut, 'more rule')}: none of them is the one that is taken.</p>
      ) : null}
      <Part name="Where it goes">
        <Shares outcomes={trace.outcomes} />
      </Part>
      {trace.way.length === 0 ? null : (
        <Part name="On the way">
          <Sentences said={trace.way} />
        </Part>
      )}
      {trace.exit.length === 0 ? null : (
        <Part name="Endpoints and policy">
          <Sentences said={trace.exit} />
        </Part>
      )}
    </>
  );
}
