import type { JSX, ReactNode } from 'react';

/** The set of 16-pixel signs: one line weight, round ends, drawn in the colour of the text around them. */
const shapes = {
  logo: (
    <>
      <path d="M5 8h1.5C9 8 8.5 3.5 11 3.5h1M6.5 8h.3C9.2 8 8.5 12.5 11 12.5h1" />
      <circle cx="3" cy="8" r="1.75" />
      <circle cx="13.25" cy="3.5" r="1.5" />
      <circle cx="13.25" cy="12.5" r="1.5" />
    </>
  ),
  internet: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M2.5 8h11M8 2.25c2 1.6 2.9 3.5 2.9 5.75S10 12.15 8 13.75C6 12.15 5.1 10.25 5.1 8S6 3.85 8 2.25Z" />
    </>
  ),
  workload: (
    <>
      <rect x="2.5" y="2.5" width="11" height="11" rx="2" />
      <rect x="5.75" y="5.75" width="4.5" height="4.5" rx=".75" />
    </>
  ),
  gateway: (
    <>
      <path d="M6 2.75h6a1.25 1.25 0 0 1 1.25 1.25v8A1.25 1.25 0 0 1 12 13.25H6" />
      <path d="M2.5 8H9.5M7 5.5 9.5 8 7 10.5" />
      <path d="M6 2.75v1.5M6 11.75v1.5" />
    </>
  ),
  virtualService: (
    <path d="M2.5 8H5c3 0 2.5-4.25 5.5-4.25h3M5 8c3 0 2.5 4.25 5.5 4.25h3M11.5 1.75l2 2-2 2M11.5 10.25l2 2-2 2" />
  ),
  service: (
    <>
      <path d="M8 1.75 14.25 8 8 14.25 1.75 8Z" />
      <path d="M8 5.5 10.5 8 8 10.5 5.5 8Z" />
    </>
  ),
  destinationRule: (
    <>
      <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />
      <circle cx="10.5" cy="4.5" r="1.5" fill="var(--surface)" />
      <circle cx="5.5" cy="8" r="1.5" fill="var(--surface)" />
      <circle cx="9" cy="11.5" r="1.5" fill="var(--surface)" />
    </>
  ),
  external: <path d="M4.75 12.5a2.9 2.9 0 0 1-.4-5.77 3.85 3.85 0 0 1 7.48.7 2.56 2.56 0 0 1-.33 5.07Z" />,
  ghost: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="m4 12 8-8" />
    </>
  ),
  lock: (
    <>
      <rect x="3.25" y="7" width="9.5" height="6.5" rx="1.5" />
      <path d="M5.25 7V5a2.75 2.75 0 0 1 5.5 0v2" />
    </>
  ),
  play: <path d="M5 3.25v9.5L12.5 8Z" fill="currentColor" />,
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" strokeWidth="2.5" />,
  step: (
    <>
      <path d="M3.5 3.5v9L10 8Z" fill="currentColor" />
      <path d="M12.5 3.5v9" />
    </>
  ),
  restart: <path d="M3 8a5 5 0 1 0 1.6-3.67M3 2.5v2.75h2.75" />,
  undo: <path d="M5.25 2.75 2.5 5.5l2.75 2.75M2.75 5.5H9.5a3.75 3.75 0 0 1 0 7.5H6" />,
  redo: <path d="m10.75 2.75 2.75 2.75-2.75 2.75M13.25 5.5H6.5a3.75 3.75 0 0 0 0 7.5H10" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="2.75" />
      <path d="M8 1.5v1.25M8 13.25v1.25M1.5 8h1.25M13.25 8h1.25M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9" />
    </>
  ),
  moon: <path d="M13.25 9.5A5.5 5.5 0 0 1 6.5 2.75a5.5 5.5 0 1 0 6.75 6.75Z" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.25" />
      <path d="m10.25 10.25 3.25 3.25" />
    </>
  ),
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  check: <path d="m3 8.5 3.25 3.25L13 5" />,
  chevronDown: <path d="m4.5 6.25 3.5 3.5 3.5-3.5" />,
  chevronRight: <path d="m6.25 4.5 3.5 3.5-3.5 3.5" />,
  error: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M8 4.9v3.6M8 10.9v.2" />
    </>
  ),
  warning: <path d="M8 2.5 14 13H2ZM8 6.5v3M8 11.2v.1" />,
  info: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M8 7.5v3.6M8 4.9v.2" />
    </>
  ),
  trash: <path d="M2.75 4.5h10.5M6 4.25V2.75h4v1.5M4 4.5l.6 8.75h6.8L12 4.5M6.75 7v4M9.25 7v4" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M3.5 10.5a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1h6a1 1 0 0 1 1 1" />
    </>
  ),
  pencil: <path d="m2.75 13.25.6-2.9 7.6-7.6 2.3 2.3-7.6 7.6ZM9.25 4.45l2.3 2.3" />,
  reset: <path d="M3 8a5 5 0 1 0 1.6-3.67M3 2.5v2.75h2.75M8 6v2.25l1.5 1" />,
  file: <path d="M4 1.75h5.25L12.5 5v9.25H4ZM9 1.75V5.25h3.5" />,
  folder: <path d="M1.75 12.75v-9.5h4.5l1.5 2h6.5v7.5Z" />,
  download: <path d="M8 2v8M4.75 7 8 10.25 11.25 7M2.5 13.5h11" />,
  upload: <path d="M8 10.5v-8M4.75 5.5 8 2.25 11.25 5.5M2.5 13.5h11" />,
  paste: (
    <>
      <rect x="3" y="2.75" width="10" height="11.5" rx="1.5" />
      <path d="M6 1.5h4v2.5H6ZM5.5 7.5h5M5.5 10.5h3.5" />
    </>
  ),
  keyboard: (
    <>
      <rect x="1.5" y="3.5" width="13" height="9" rx="1.5" />
      <path d="M4 6h.1M6.6 6h.1M9.2 6h.1M11.8 6h.1M4 8.25h.1M6.6 8.25h.1M9.2 8.25h.1M11.8 8.25h.1M5.5 10.5h5" />
    </>
  ),
  paneLeft: (
    <>
      <rect x="1.75" y="2.5" width="12.5" height="11" rx="1.5" />
      <path d="M6 2.5v11" />
    </>
  ),
  paneRight: (
    <>
      <rect x="1.75" y="2.5" width="12.5" height="11" rx="1.5" />
      <path d="M10 2.5v11" />
    </>
  ),
  paneBottom: (
    <>
      <rect x="1.75" y="2.5" width="12.5" height="11" rx="1.5" />
      <path d="M1.75 9.5h12.5" />
    </>
  ),
  grip: <path d="M6 4h.1M10 4h.1M6 8h.1M10 8h.1M6 12h.1M10 12h.1" strokeWidth="2" />,
  more: <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" strokeWidth="2" />,
  fit: <path d="M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3" />,
  tidy: <path d="M2.5 3h4v3h-4ZM9.5 3h4v3h-4ZM2.5 10h4v3h-4ZM9.5 10h4v3h-4Z" />,
  arrowUp: <path d="M8 13V3M4 7l4-4 4 4" />,
  arrowDown: <path d="M8 3v10M4 9l4 4 4-4" />,
  example: <path d="M3 2.5h10v11H3ZM5.5 5.5h5M5.5 8h5M5.5 10.5h3" />,
  diamond: <path d="M8 2.5 13.5 8 8 13.5 2.5 8Z" fill="currentColor" />,
  dot: <circle cx="8" cy="8" r="4" fill="currentColor" />,
  square: <rect x="4" y="4" width="8" height="8" fill="currentColor" />,
  cross: <path d="m4.5 4.5 7 7M11.5 4.5l-7 7" strokeWidth="2.2" />,
  ring: <circle cx="8" cy="8" r="4" strokeWidth="2" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

/** A sign of the set, 16 pixels wide unless told. It is decoration: the name belongs to the control around it. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }): JSX.Element {
  return (
    <svg
      className="ui-icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[name]}
    </svg>
  );
}

/** The sign of a resource's or node's kind. */
export function kindIcon(kind: string): IconName {
  switch (kind) {
    case 'Gateway':
    case 'gateway':
      return 'gateway';
    case 'VirtualService':
    case 'virtualService':
    case 'rule':
      return 'virtualService';
    case 'DestinationRule':
      return 'destinationRule';
    case 'ServiceEntry':
    case 'external':
      return 'external';
    case 'Service':
    case 'service':
    case 'subset':
      return 'service';
    case 'caller':
      return 'internet';
    case 'ghost':
      return 'ghost';
    case 'Pod':
    case 'Deployment':
    case 'WorkloadEntry':
      return 'workload';
    default:
      return 'file';
  }
}
