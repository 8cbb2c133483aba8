import type { ToWorker } from '../worker/protocol.ts';

/** Where messages to the worker go: the worker, or a test's stand-in. */
export interface Port {
  readonly postMessage: (message: ToWorker) => void;
}

let port: Port | undefined;
let waiting: ToWorker[] = [];

/** Sends a message to the worker; what is sent before it is there waits, in order. */
export function send(message: ToWorker): void {
  if (port) port.postMessage(message);
  else waiting.push(message);
}

/** Says where messages go from now on, and sends what waited. */
export function setPort(next: Port): void {
  port = next;
  const messages = waiting;
  waiting = [];
  for (const message of messages) next.postMessage(message);
}
