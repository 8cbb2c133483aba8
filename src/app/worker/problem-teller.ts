import { sameItems } from '../../core/base/lists.ts';
import type { Steps } from '../../core/base/steps.ts';
import type { SlotId } from '../../core/base/ids.ts';
import type { AnyProblem } from '../../core/checks/index.ts';
import type { Findings } from '../../core/workspace/findings.ts';
import { placeOfSlot } from '../../core/workspace/index.ts';
import type { Problem, Projection } from '../../core/workspace/types.ts';
import { changedStretch } from './delta.ts';
import type { FromWorker, ProblemsDelta } from './protocol.ts';

/** What the teller needs from outside. */
export interface TellerPorts {
  readonly post: (message: FromWorker) => void;
  /** Milliseconds. */
  readonly now: () => number;
  /** Whether messages wait: they go first. */
  readonly isBusy: () => boolean;
  /** Calls back when what is under way is done. */
  readonly later: (then: () => void) => void;
  /** Calls back after so many milliseconds; `cancel` forgets it. */
  readonly after: (ms: number, then: () => void) => void;
  readonly cancel: () => void;
}

/** However many messages come, the checks are never further behind. Else they go on in steps of a millisecond or two, between messages. */
const MOST_BEHIND_MS = 300;
/** Proofs that take longer than `quick` wait; `each` is a guess for a resource, before anything was proven. */
const PROOF_MS = { quick: 30, each: 0.4, times: 3, most: 3000 };
const HOUR_MS = 3_600_000;

/**
 * Tells the page of problems: with each view those that are known, where they stand now, and then, when nothing waits any more, what the
 * checks say of the new text, and at last what proofs by the routing engine show. So checks never stand between a key and its picture. The checks (with all schemas) are loaded beside
 * the first picture.
 */
export class ProblemTeller {
  private readonly ports: TellerPorts;
  private findings: Findings | undefined;
  private told: readonly Problem[] = [];
  private places: Places = NO_PLACES;
  private slots: { readonly of: readonly Problem[]; readonly all: readonly SlotId[] } = { of: [], all: [] };
  private newest: Projection | undefined;
  private checkedDocuments: Projection['documents'] | undefined;
  private checking: { readonly of: Projection; readonly steps: Steps<readonly Problem[]> } | undefined;
  /** The look for proofs that is under way, how long it took up to now, and how long the one before took. */
  private proving: Generator<void, readonly Problem[]> | undefined;
  private proofMs = 0;
  private tookMs: number | undefined;
  /** Since when something is to be checked. */
  private since: number | undefined;

  constructor(load: () => Promise<Findings>, ports: TellerPorts) {
    this.ports = ports;
    void load().then((findings) => {
      this.findings = findings;
      if (this.newest) this.due();
    });
  }

  /** What the page is to be told with the view of a projection. The checks follow. */
  follow(projection: Projection): ProblemsDelta {
    this.newest = projection;
    if (!this.findings) return {};
    if (projection.documents !== this.checkedDocuments) this.due();
    return this.delta(this.findings.follow(projection));
  }

  /** What a problem's id stands for. */
  checked(id: string): AnyProblem | undefined {
    return this.findings?.checked(id);
  }

  /** Something is to be checked: what only the routing engine can tell is looked for when that is done. */
  private due(): void {
    this.proving = undefined;
    this.ports.cancel();
    if (this.since !== undefined) return;
    this.since = this.ports.now();
    this.ports.later(() => this.check());
  }

  private check(): void {
    const { findings, newest, since, ports } = this;
    if (!findings || !newest || since === undefined) return;
    const now = ports.now();
    const isLate = now - since >= MOST_BEHIND_MS;
    if (ports.isBusy() && !isLate) return ports.later(() => this.check());
    const of = this.checking?.of;
    // Another selection is nothing new for them.
    if (of?.documents !== newest.documents || of.mesh !== newest.mesh || of.files !== newest.files) {
      const steps = findings.checkInSteps(newest, { now: certificateTime(now) });
      this.checking = { of: newest, steps };
    }
    const { checking } = this;
    if (!checking) return;
    const { steps } = checking;
    let step = steps.next();
    while (isLate && step.done !== true) step = steps.next();
    if (step.done !== true) return ports.later(() => this.check());
    this.checking = undefined;
    this.since = undefined;
    this.checkedDocuments = newest.documents;
    const delta = this.delta(step.value);
    if (Object.keys(delta).length > 0) ports.post({ kind: 'problems', ...delta });
    this.proving = findings.prove(newest, { now: certificateTime(now) });
    this.proofMs = 0;
    // Where it is quick it is done at once; else when nobody has typed for some time, for keys would have to wait for each step.
    const took = this.tookMs ?? newest.resources.length * PROOF_MS.each;
    const pause = took < PROOF_MS.quick ? 0 : Math.min(PROOF_MS.most, took * PROOF_MS.times);
    ports.after(pause, () => this.prove());
  }

  private prove(): void {
    const { proving, ports } = this;
    if (!proving) return;
    if (ports.isBusy()) return ports.later(() => this.prove());
    const start = ports.now();
    const step = proving.next();
    this.proofMs += ports.now() - start;
    if (step.done !== true) return ports.later(() => this.prove());
    this.proving = undefined;
    this.tookMs = this.proofMs;
    const delta = this.delta(step.value);
    if (Object.keys(delta).length > 0) ports.post({ kind: 'problems', ...delta });
  }

  private delta(problems: readonly Problem[]): ProblemsDelta {
    const before = this.told;
    this.told = problems;
    const places = this.placesOf(problems);
    const same = sameItems(places.slots, this.places.slots);
    const still = same && sameItems(places.from, this.places.from) && sameItems(places.lines, this.places.lines);
    this.places = places;
    const { slots, from, lines } = places;
    return {
      ...(before === problems ? {} : { problems: changedStretch(before, problems) }),
      ...(still ? {} : { problemPlaces: { ...(same ? {} : { slots }), from, lines } }),
    };
  }

  private placesOf(problems: readonly Problem[]): Places {
    if (!this.newest) return NO_PLACES;
    const { documents, starts, startLines } = this.newest;
    const slots = this.slotsOf(problems).filter((slot) => placeOfSlot(documents, slot) !== undefined);
    const places = Uint32Array.from(slots, (slot) => placeOfSlot(documents, slot) ?? 0);
    return {
      slots,
      from: places.map((place) => starts[place] ?? 0),
      lines: places.map((place) => startLines[place] ?? 1),
    };
  }

  /** The documents that have problems, in the order of the text, which is theirs. */
  private slotsOf(problems: readonly Problem[]): readonly SlotId[] {
    if (this.slots.of !== problems) {
      const wanted = new Set<SlotId>();
      for (const { slot } of problems) if (slot !== undefined) wanted.add(slot);
      this.slots = { of: problems, all: [...wanted] };
    }
    return this.slots.all;
  }
}

interface Places {
  readonly slots: readonly SlotId[];
  readonly from: Uint32Array;
  readonly lines: Uint32Array;
}
const NO_PLACES: Places = { slots: [], from: new Uint32Array(), lines: new Uint32Array() };

/** The time to judge certificates by, to the hour, so that what was found is good for an hour. */
function certificateTime(ms: number): string {
  const time = new Date(ms - (ms % HOUR_MS)).toISOString();
  return `${time.slice(0, 19).replace(/[-:T]/g, '')}Z`;
}
