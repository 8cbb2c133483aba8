import type { YamlPath } from '../../yaml/types.ts';

/** What `istioctl analyze` calls a fault of the webhook's rules. */
export type FaultCode = 'IST0106' | 'IST0133' | 'IST0130' | 'IST0131';

/**
 * One broken rule of Istio's validation. The message names what Istio's own names and no more, so equal texts here are equal texts
 * there: istioctl says equal ones once. `path` begins at the object's root.
 */
export interface Fault {
  /** As in the inventory of checks: `V-VS-010`. */
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: FaultCode;
  readonly path: YamlPath;
  readonly message: string;
  /** Istio finds it and drops it on the way, so neither webhook nor istioctl say it. */
  readonly lost: boolean;
  /** Istio finds it in some runs only, as it goes through a map in an order of chance: the webhook may let the object pass. */
  readonly sometimes?: boolean;
}

/** Takes the faults of one object, in the order in which Istio finds them. */
export interface Report {
  readonly error: (rule: string, path: YamlPath, message: string) => void;
  /** An error where there is a message. */
  readonly check: (rule: string, path: YamlPath, message: string | undefined) => void;
  readonly warning: (rule: string, path: YamlPath, message: string) => void;
  /** An error that Istio finds in some runs only. */
  readonly sometimes: (rule: string, path: YamlPath, message: string) => void;
  /** A rule or match that traffic never gets to. */
  readonly shadow: (code: 'IST0130' | 'IST0131', rule: string, path: YamlPath, message: string) => void;
  /** The same report for a part whose warnings Istio drops, since `AppendErrors` keeps errors only. */
  readonly errorsOnly: () => Report;
}

function reportTo(faults: Fault[], lost: boolean): Report {
  const error: Report['error'] = (rule, path, message) =>
    void faults.push({ rule, severity: 'error', code: 'IST0106', path, message, lost: false });
  return {
    error,
    check: (rule, path, message) => {
      if (message !== undefined) error(rule, path, message);
    },
    sometimes: (rule, path, message) =>
      void faults.push({ rule, severity: 'error', code: 'IST0106', path, message, lost: false, sometimes: true }),
    warning: (rule, path, message) =>
      void faults.push({ rule, severity: 'warning', code: 'IST0133', path, message, lost }),
    shadow: (code, rule, path, message) =>
      void faults.push({ rule, severity: code === 'IST0130' ? 'warning' : 'info', code, path, message, lost }),
    errorsOnly: () => reportTo(faults, true),
  };
}

/** A report and the list that it fills. */
export function faultList(): { readonly faults: readonly Fault[]; readonly report: Report } {
  const faults: Fault[] = [];
  return { faults, report: reportTo(faults, false) };
}
