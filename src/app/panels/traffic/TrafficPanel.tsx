import { useEffect, useRef, type JSX } from 'react';
import { actions, playhead, useAppState } from '../../state/index.ts';
import { Button, HueDot, Icon, IconButton, Menu, TextBox } from '../../ui/index.ts';
import { ENDING_SIGNS, statusSign } from './ending-signs.tsx';
import { Shares } from './Shares.tsx';
import { SPEEDS } from './speeds.ts';

/** `00:42.3`: minutes, seconds and tenths of event time. */
function clockText(timeUs: number): string {
  const tenths = Math.floor(timeUs / 100_000);
  const minutes = String(Math.floor(tenths / 600)).padStart(2, '0');
  return `${minutes}:${String(Math.floor(tenths / 10) % 60).padStart(2, '0')}.${String(tenths % 10)}`;
}

/** Event time as it runs. Written past React: it changes ten times a second and nothing else with it. */
function Clock(): JSX.Element {
  const text = useRef<HTMLTimeElement>(null);
  useEffect(() => {
    const write = (nowUs: number): void => {
      const next = clockText(nowUs);
      if (text.current && text.current.textContent !== next) text.current.textContent = next;
    };
    write(playhead.now());
    return playhead.subscribe(write);
  }, []);
  return <time className="pn-clock" ref={text} aria-label="Event time" role="timer" />;
}

function Statuses(): JSX.Element {
  const statuses = useAppState((state) => state.traffic.shown?.statuses);
  const entries = Object.entries(statuses ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <ul className="pn-statuses" aria-label="Answers by status">
      {entries.map(([status, count]) => {
        const sign = statusSign(status);
        return (
          <li key={status}>
            <span className={sign.tone}>
              <Icon name={sign.icon} size={12} />
            </span>
            {status} <span className="pn-dim">{count.toLocaleString('en')}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Controls(): JSX.Element {
  const playing = useAppState((state) => state.traffic.playing);
  const speed = useAppState((state) => state.traffic.speed);
  const seed = useAppState((state) => state.traffic.seed);
  const requests = useAppState((state) => state.traffic.shown?.requests ?? 0);
  const setSeed = (text: string): string | undefined => {
    if (!/^\d{1,9}$/.test(text)) return 'A seed is a whole number with up to nine digits.';
    actions.restart(Number(text));
    return undefined;
  };
  return (
    <div className="pn-traffic-bar" role="toolbar" aria-label="Traffic controls">
      <IconButton
        look="primary"
        icon={playing ? 'pause' : 'play'}
        label={playing ? 'Pause' : 'Play'}
        command="traffic.play"
        side="top"
        onClick={playing ? actions.pause : actions.play}
      />
      <Button icon="step" onClick={actions.step} title="Let one request through">
        Step
      </Button>
      <Menu
        trigger={<Button aria-label={`Speed ${String(speed)}×`}>{speed}×</Button>}
        items={SPEEDS.map((each) => ({
          id: String(each),
          label: `${String(each)}×`,
          checked: each === speed,
          onSelect: () => actions.setSpeed(each),
        }))}
      />
      <IconButton
        icon="restart"
        label="Start again"
        command="traffic.restart"
        side="top"
        onClick={() => actions.restart()}
      />
      <Statuses />
      <span className="pn-traffic-count">
        <Clock /> · {requests.toLocaleString('en')} {requests === 1 ? 'request' : 'requests'}
      </span>
      <label className="pn-seed">
        Seed
        <TextBox narrow label="Seed" value={String(seed)} inputMode="numeric" onCommit={setSeed} />
      </label>
    </div>
  );
}

function Legend(): JSX.Element {
  const reducedMotion = useAppState((state) => state.reducedMotion);
  return (
    <div className="pn-legend">
      <span>
        {reducedMotion ? 'Less motion is asked for: line widths and counts stand for the dots.' : '1 dot = 1 request'}
      </span>
      {ENDING_SIGNS.map(({ icon, tone, label }, index) => (
        <span key={icon} className="pn-legend-item">
          {index === 0 ? (
            <span className="pn-legend-hues" aria-hidden="true">
              <HueDot hue={0} />
              <HueDot hue={1} />
              <HueDot hue={2} />
            </span>
          ) : (
            <span className={tone}>
              <Icon name={icon} size={12} />
            </span>
          )}
          {label}
        </span>
      ))}
    </div>
  );
}

/** The traffic: what plays it, what it has come to, and what the signs mean. */
export function TrafficPanel(): JSX.Element {
  return (
    <div className="pn-traffic">
      <Controls />
      <Shares />
      <Legend />
    </div>
  );
}
