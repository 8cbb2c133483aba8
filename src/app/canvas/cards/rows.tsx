import type { ReactNode } from 'react';
import type { PortRow, RestRow, ServerRow, SubsetRow } from '../../../core/graph/types.ts';
import { hueColor, Icon } from '../../ui/index.ts';

const MOST_PODS = 6;

/** A server of a Gateway: its port, its hosts, a lock where it speaks TLS. */
export function ServerLine({ row }: { readonly row: ServerRow }): ReactNode {
  return (
    <>
      <span className="cv-chip">:{row.port}</span>
      <span className="cv-grow cv-code">{row.hosts.join(', ')}</span>
      {row.tls !== undefined && <Icon name="lock" />}
    </>
  );
}

/** What becomes of everything that no rule takes. */
export function RestLine({ row }: { readonly row: RestRow }): ReactNode {
  return (
    <>
      <span className="cv-number" data-rest="">
        ∗
      </span>
      <span className="cv-grow cv-dim">everything else</span>
      <span className="cv-outcome" data-outcome={row.outcome}>
        {row.label}
      </span>
    </>
  );
}

/** A subset of a service: hue, name, policy, and a square for each pod behind it. */
export function SubsetLine({ row }: { readonly row: SubsetRow }): ReactNode {
  const hue = hueColor(row.hue);
  return (
    <>
      <span
        className="cv-dot"
        style={{ background: row.missing ? 'transparent' : hue, borderColor: row.missing ? 'var(--error)' : hue }}
      />
      <span className="cv-name">{row.title}</span>
      {row.policy !== undefined && <span className="cv-chip cv-shrink">{row.policy}</span>}
      {row.missing ? <span className="cv-note">no such subset</span> : <Pods count={row.pods} colour={hue} />}
    </>
  );
}

function Pods({ count, colour }: { readonly count: number; readonly colour: string }): ReactNode {
  if (count === 0) return <span className="cv-dim cv-small">no pods</span>;
  if (count > MOST_PODS) {
    return (
      <span className="cv-pods cv-small">
        <i style={{ background: colour }} />
        {count}
      </span>
    );
  }
  return (
    <span className="cv-pods" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <i key={index} style={{ background: colour }} />
      ))}
    </span>
  );
}

/** A port of a service or of an external host. */
export function PortLine({ row }: { readonly row: PortRow }): ReactNode {
  return (
    <>
      <span className="cv-chip">
        {row.protocol.toLowerCase()} :{row.port}
      </span>
      <span className="cv-grow cv-dim cv-end">{row.note}</span>
    </>
  );
}
