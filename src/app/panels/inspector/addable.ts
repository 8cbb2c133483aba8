type AddableKind = 'Gateway' | 'VirtualService' | 'DestinationRule' | 'ServiceEntry';

/** The kinds that can be added, each with its purpose in a line. */
export const addable: readonly { readonly kind: AddableKind; readonly about: string; readonly command: string }[] = [
  { kind: 'Gateway', about: 'Opens ports at the edge of the mesh', command: 'add.gateway' },
  { kind: 'VirtualService', about: 'Decides where the requests for a host go', command: 'add.virtualService' },
  { kind: 'DestinationRule', about: 'Names versions of a service, sets its policies', command: 'add.destinationRule' },
  { kind: 'ServiceEntry', about: 'Lets the mesh know a service outside of it', command: 'add.serviceEntry' },
];
