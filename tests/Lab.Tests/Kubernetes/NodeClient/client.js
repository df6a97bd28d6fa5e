// Lists, applies, watches and deletes as a program of its user's would, and prints what it saw as JSON.
import * as k8s from '@kubernetes/client-node';

const config = new k8s.KubeConfig();
config.loadFromDefault();
const core = config.makeApiClient(k8s.CoreV1Api);
const objects = k8s.KubernetesObjectApi.makeApiClient(config);
const namespace = 'default';
const seen = {};

const pods = await core.listNamespacedPod({ namespace, labelSelector: 'app=reviews' });
seen.pods = pods.items.map(pod => `${pod.metadata.name} ${pod.status.phase}`);

const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'node', namespace }, data: { a: '1' } };
const apply = wanted => objects.patch(wanted, undefined, undefined, 'node', true, k8s.PatchStrategy.ServerSideApply);
await apply(map);
await apply({ ...map, data: { a: '2' } });
seen.applied = (await core.readNamespacedConfigMap({ name: 'node', namespace })).data;

const rules = `/apis/networking.istio.io/v1/namespaces/${namespace}/virtualservices`;
const rule = await objects.read(
  { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: { name: 'reviews', namespace } });
const changed = new Promise((resolve, reject) => {
  new k8s.Watch(config).watch(rules, { resourceVersion: rule.metadata.resourceVersion, fieldSelector: 'metadata.name=reviews' },
    (type, object) => resolve({ type, subset: object.spec.http[0].route[0].destination.subset }), reject)
    .then(watch => changed.finally(() => watch.abort()).catch(() => {}));
});
rule.spec = { hosts: ['reviews'], http: [{ route: [{ destination: { host: 'reviews', subset: 'v3' } }] }] };
await objects.replace(rule);
seen.watched = await changed;

rule.spec.http[0].rout = [];
seen.denied = await objects.replace({ ...rule, metadata: { ...rule.metadata, resourceVersion: undefined } })
  .then(() => 'not denied', error => JSON.parse(error.body).message);

await core.deleteNamespacedConfigMap({ name: 'node', namespace });
seen.gone = await core.readNamespacedConfigMap({ name: 'node', namespace }).then(() => 0, error => error.code);

console.log(JSON.stringify(seen));
process.exit(0);
