import { SEGMENT_FIELDS, type TrafficWindow } from '../../core/simulation/types.ts';
import { trimmedAt } from './trim-window.ts';

/** Event time that one request for traffic covers at speed 1, in microseconds; at other speeds the same time on the clock. */
const WINDOW_US = 500_000;
/** How far the worker is kept ahead of the play head, in windows. */
const AHEAD = 3;
/** Windows older than this have nothing in the air any more. */
const KEEP_US = 20_000_000;
/** A frame that comes later than this was not dropped but hidden: the play head jumps and does not replay what was missed. */
const HIDDEN_MS = 1000;

/** What the play head needs from outside; tests hand in their own clock. */
export interface PlayheadPorts {
  readonly ask: (run: number, fromUs: number, toUs: number) => void;
  readonly shown: (window: TrafficWindow) => void;
  readonly stepped: () => void;
  /**
   * Calls back in one of the next frames, unless it is ended with the function that it gives. `rested`: requests stood still before it, since
   * somebody typed; no event time has passed.
   */
  readonly frame: (callback: (nowMs: number, rested: boolean) => void) => () => void;
}

/**
 * Event time as shown, in integer microseconds. It moves only while playing, by the frame's time and the speed, and the picture is a
 * function of it: a frame that was dropped changes nothing. Windows are asked for ahead of it and kept for what is still in the air.
 */
export class Playhead {
  private readonly ports: PlayheadPorts;
  private readonly listeners = new Set<(nowUs: number) => void>();
  private windows: TrafficWindow[] = [];
  private time = 0;
  private asked = 0;
  private run = 0;
  private speed = 1;
  private playing = false;
  private endFrame: (() => void) | undefined;
  private lastMs: number | undefined;
  private stopAt: number | undefined;
  private stepWanted = false;

  constructor(ports: PlayheadPorts) {
    this.ports = ports;
  }

  /** The event time that the screen shows now, in microseconds. */
  readonly now = (): number => this.time;

  /** Calls back with the event time on each frame that moved it. Gives the function that ends it. */
  readonly subscribe = (listener: (nowUs: number) => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The windows that may hold something in the air at this event time, oldest first. */
  readonly windowsAt = (timeUs: number): readonly TrafficWindow[] =>
    this.windows.filter((window) => window.fromUs <= timeUs && window.toUs > timeUs - KEEP_US);

  play(): void {
    this.stopAt = undefined;
    this.stepWanted = false;
    this.start();
  }

  pause(): void {
    this.playing = false;
    this.stepWanted = false;
    this.endFrame?.();
    this.endFrame = undefined;
    this.lastMs = undefined;
  }

  /** Runs until the next request has come to its end, then pauses and says so (`ports.stepped`). */
  step(): void {
    this.pause();
    this.stepWanted = true;
    this.askAhead();
    this.beginStep();
  }

  setSpeed(speed: number): void {
    this.speed = speed;
  }

  /** From the beginning: everything known is thrown away. */
  restart(): void {
    this.time = 0;
    this.asked = 0;
    this.windows = [];
    this.stopAt = undefined;
    this.askAhead();
    this.tell();
  }

  /** The configuration changed: what departed stays in the air, what was to depart after now is asked for again. */
  setRun(run: number): void {
    if (run === this.run) return;
    this.run = run;
    this.windows = this.windows.flatMap((window) => trimmedAt(window, this.time));
    this.asked = Math.floor(this.time);
    if (this.playing) this.askAhead();
  }

  /** Takes in a window that was asked for. One of an older run is thrown away. */
  add(window: TrafficWindow): void {
    if (window.run !== this.run) return;
    this.windows.push(window);
    if (this.stepWanted) this.beginStep();
    this.tell();
  }

  private start(): void {
    if (this.playing) return;
    this.playing = true;
    this.askAhead();
    this.endFrame = this.ports.frame(this.onFrame);
  }

  private beginStep(): void {
    const end = this.endOfNextRequest();
    if (end === undefined) return;
    this.stepWanted = false;
    this.stopAt = end;
    this.start();
  }

  private endOfNextRequest(): number | undefined {
    let number: number | undefined;
    let departs = Infinity;
    for (const { segments } of this.windows) {
      for (let at = 0; at < segments.length; at += SEGMENT_FIELDS) {
        const depart = segments[at + 1] ?? 0;
        if (depart < this.time || depart >= departs) continue;
        departs = depart;
        number = segments[at + 5];
      }
    }
    if (number === undefined) return undefined;
    let end = departs;
    for (const { segments } of this.windows) {
      for (let at = 0; at < segments.length; at += SEGMENT_FIELDS) {
        if (segments[at + 5] === number) end = Math.max(end, segments[at + 2] ?? 0);
      }
    }
    return end + 1;
  }

  private readonly onFrame = (nowMs: number, rested: boolean): void => {
    if (!this.playing) return;
    const passedMs = rested || this.lastMs === undefined ? 0 : nowMs - this.lastMs;
    this.lastMs = nowMs;
    const to = this.time + Math.round(passedMs * 1000 * this.speed);
    this.moveTo(this.stopAt === undefined ? to : Math.min(to, this.stopAt), passedMs > HIDDEN_MS);
    if (this.stopAt !== undefined && this.time >= this.stopAt) {
      this.stopAt = undefined;
      this.pause();
      this.ports.stepped();
      return;
    }
    this.endFrame = this.ports.frame(this.onFrame);
  };

  private moveTo(to: number, jump: boolean): void {
    const before = this.time;
    this.time = to;
    if (jump && to > this.asked) {
      this.windows = [];
      this.asked = Math.max(0, to - WINDOW_US);
    }
    let passed: TrafficWindow | undefined;
    for (const window of this.windows) if (window.toUs <= to && window.toUs > before) passed = window;
    if (passed) this.ports.shown(passed);
    if (this.windows[0] && this.windows[0].toUs < to - KEEP_US) {
      this.windows = this.windows.filter((window) => window.toUs >= to - KEEP_US);
    }
    this.askAhead();
    this.tell();
  }

  private askAhead(): void {
    const length = Math.max(1000, Math.round(WINDOW_US * this.speed));
    while (this.asked < this.time + AHEAD * length) {
      this.ports.ask(this.run, this.asked, this.asked + length);
      this.asked += length;
    }
  }

  private tell(): void {
    for (const listener of this.listeners) listener(this.time);
  }
}
