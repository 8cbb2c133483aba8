import { field } from './field.ts';
import type { MessageTable } from './types.ts';

/** The parts of Kubernetes objects that routing looks at. Other fields are kept as they stand. */
export const kubernetesMessages: MessageTable = {
  'k8s.ObjectMeta': {
    help: 'Name, namespace and labels.',
    fields: {
      name: field('string', 'The name, unique for kind and namespace.', undefined, { required: true }),
      namespace: field('string', 'The namespace.', 'default'),
      labels: field('map<string>', 'Labels, for selectors.'),
      annotations: field('map<string>', 'Annotations, for tools.'),
    },
  },
  'k8s.ServiceSpec': {
    help: 'A name and ports in front of some pods.',
    fields: {
      type: field('enum(ClusterIP|NodePort|LoadBalancer|ExternalName)', 'How it can be reached.', 'ClusterIP'),
      selector: field(
        'map<string>',
        'Labels of its pods, in the same namespace.',
        'none: endpoints are given otherwise',
      ),
      ports: field('k8s.ServicePort[]', 'The ports that it offers.'),
      clusterIP: field('string', 'Its address; None makes it headless.', 'given by the cluster'),
      clusterIPs: field('string[]', 'Its addresses.'),
      externalName: field('string', 'Another name that it stands for.'),
      publishNotReadyAddresses: field('bool', 'Counts pods that are not ready.', 'false'),
      internalTrafficPolicy: field(
        'enum(Cluster|Local)',
        'Whether clients use pods of their own node only.',
        'Cluster',
      ),
    },
  },
  'k8s.ServicePort': {
    help: 'A port of the service.',
    fields: {
      name: field('string', 'A name; Istio reads the protocol from its beginning (http-web, grpc-api).'),
      port: field('int32', 'The number that clients call.', undefined, { required: true }),
      targetPort: field('intOrString', "Number or name of the pod's port.", 'the same number'),
      protocol: field('string', 'TCP, UDP or SCTP.', 'TCP'),
      appProtocol: field('string', 'The protocol inside TCP, for example http2 or grpc.', "from the port's name"),
      nodePort: field('int32', 'The number on every node.'),
    },
  },
  'k8s.PodSpec': {
    help: 'What runs in the pod.',
    fields: { containers: field('k8s.Container[]', 'Its containers.') },
  },
  'k8s.Container': {
    help: 'A container.',
    fields: {
      name: field('string', 'Its name.', undefined, { required: true }),
      image: field('string', 'Its image.'),
      ports: field('k8s.ContainerPort[]', 'Ports that it listens on.'),
    },
  },
  'k8s.ContainerPort': {
    help: 'A port of a container.',
    fields: {
      name: field('string', "A name that a service's targetPort can use."),
      containerPort: field('int32', 'The number.', undefined, { required: true }),
      protocol: field('string', 'TCP, UDP or SCTP.', 'TCP'),
    },
  },
  'k8s.DeploymentSpec': {
    help: 'A number of equal pods.',
    fields: {
      replicas: field('int32', 'How many pods.', '1'),
      selector: field('k8s.LabelSelector', 'Which pods are its own.', undefined, { required: true }),
      template: field('k8s.PodTemplateSpec', 'What each pod is like.', undefined, { required: true }),
    },
  },
  'k8s.LabelSelector': {
    help: 'Pods by label.',
    fields: { matchLabels: field('map<string>', 'Labels that a pod must carry.') },
  },
  'k8s.PodTemplateSpec': {
    help: 'The pods that are made.',
    fields: {
      metadata: field('k8s.ObjectMeta', 'Labels and annotations of each pod.'),
      spec: field('k8s.PodSpec', 'What runs in each pod.'),
    },
  },
};
