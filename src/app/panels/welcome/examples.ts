/** An example that is served with the page. `id` is its file's name without the ending. */
export interface Example {
  readonly id: string;
  readonly title: string;
  readonly about: string;
}

/** The examples, in the order in which they teach. */
export const examples: readonly Example[] = [
  { id: 'bookinfo', title: 'Bookinfo, split by weight', about: 'Reviews in three versions: 60, 30 and 10 per cent' },
  { id: 'test-user', title: 'A test user by header', about: 'Jason sees the new version, everybody else the old one' },
  {
    id: 'canary',
    title: 'A canary at a gateway',
    about: 'TLS at the edge, and one request in twenty for the new version',
  },
  { id: 'external', title: 'An external service', about: 'A ServiceEntry with a timeout and its own port' },
  {
    id: 'overview',
    title: 'Istio’s overview, in one file',
    about: 'Every configuration of the traffic management overview',
  },
];
