import { useState, type JSX } from 'react';
import { evenShares } from '../../../../core/commands/parse-shares.ts';
import type { GraphDestination, RuleRow } from '../../../../core/graph/types.ts';
import { actions } from '../../../state/index.ts';
import { Button, HueDot, IconButton, Picker, TextBox } from '../../../ui/index.ts';
import { destinationChoices } from './destination-choices.tsx';
import { draggable, percentText, typedWeights } from './divide.ts';
import { SplitBar } from './SplitBar.tsx';

type Rule = RuleRow & { readonly source: NonNullable<RuleRow['source']> };
interface Props {
  readonly rule: Rule;
  readonly editable: boolean;
}

function Row({
  rule,
  index,
  destination,
  weights,
  editable,
}: Props & {
  readonly index: number;
  readonly destination: GraphDestination;
  readonly weights: readonly number[];
}): JSX.Element {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const share = sum === 0 ? destination.share : (weights[index] ?? 0) / sum;
  const single = rule.destinations.length === 1;
  const commit = async (text: string): Promise<string | undefined> => {
    const typed = typedWeights(
      text,
      rule.destinations.map(({ weight }) => weight ?? 0),
      index,
    );
    if (typed.kind === 'refused') return typed.message;
    return (await actions.gesture({ kind: 'setWeights', rule: rule.source, weights: typed.value }, 'panel'))?.message;
  };
  return (
    <li className="pn-split-row">
      <HueDot hue={destination.hue} missing={destination.missing} />
      <button
        type="button"
        className="pn-link-quiet"
        onClick={() => actions.select([destination.id])}
        title={`Show ${destination.label}`}
      >
        {destination.label}
        {destination.missing ? <span className="pn-error"> missing</span> : null}
      </button>
      <TextBox
        narrow
        label={`Weight of ${destination.label}`}
        value={destination.weight === undefined && weights[index] === 0 ? '' : String(weights[index] ?? '')}
        placeholder={single ? 'all' : '0'}
        inputMode="numeric"
        disabled={!editable}
        onStep={(text, by) => (/^\d*$/.test(text) ? String(Math.max(0, Number(text) + by)) : undefined)}
        onCommit={commit}
      />
      <span className="pn-split-share">{percentText(share)}</span>
      <IconButton
        icon="close"
        label={`Remove ${destination.label}`}
        disabled={!editable}
        onClick={() => void actions.gesture({ kind: 'removeDestination', destination: destination.source }, 'panel')}
      />
    </li>
  );
}

/** The destinations of a rule: the bar, a box for each weight, and what adds, removes and evens. Every act is one undo step. */
export function SplitEditor({ rule, editable }: Props): JSX.Element {
  const [preview, setPreview] = useState<readonly number[] | undefined>();
  const { destinations } = rule;
  const written = destinations.map(({ weight }) => weight ?? 0);
  const weights = preview ?? (destinations.some(({ weight }) => weight !== undefined) ? written : draggable(written));
  const [seen, setSeen] = useState(destinations);
  if (seen !== destinations) {
    // New text arrived: what it says now is shown, not what was last under the hand.
    setSeen(destinations);
    setPreview(undefined);
  }
  const commit = (next: readonly number[]): void => {
    if (next.every((weight, index) => weight === written[index])) return setPreview(undefined);
    setPreview(next);
    void actions.gesture({ kind: 'setWeights', rule: rule.source, weights: next }, 'panel').then((refusal) => {
      if (refusal) setPreview(undefined);
    });
  };
  const bar = preview ?? draggable(destinations.map(({ weight }) => weight));
  return (
    <section className="pn-split" aria-label="Split">
      {destinations.length > 1 ? (
        <SplitBar
          destinations={destinations}
          weights={bar}
          editable={editable}
          onPreview={setPreview}
          onCommit={commit}
          onCancel={() => setPreview(undefined)}
        />
      ) : null}
      {destinations.length > 0 ? (
        <ul className="pn-split-rows">
          {destinations.map((destination, index) => (
            <Row
              key={destination.id}
              rule={rule}
              editable={editable}
              index={index}
              destination={destination}
              weights={preview ? bar : weights}
            />
          ))}
        </ul>
      ) : null}
      <div className="pn-split-acts">
        <Button disabled={!editable || destinations.length < 2} onClick={() => commit(evenShares(destinations.length))}>
          Split evenly
        </Button>
        <Picker
          trigger={
            <Button icon="plus" disabled={!editable}>
              Destination
            </Button>
          }
          label="Add a destination"
          placeholder="Host or subset"
          nothing="No host here is named like that."
          choices={() => destinationChoices(rule).map(({ choice }) => choice)}
          onPick={(id) => {
            const target = destinationChoices(rule).find(({ choice }) => choice.id === id);
            if (target) void actions.gesture({ kind: 'addDestination', rule: rule.source, ...target.to }, 'panel');
          }}
        />
      </div>
    </section>
  );
}
