#!/usr/bin/env python3
"""Writes random cases about places: `generate_locality.py FIRST_SEED COUNT > cases.jsonl`.

Each case holds services of all kinds whose endpoints are in several localities (by labels, Nodes, WorkloadEntries and ServiceEntries),
DestinationRules that order or share them, and callers that are somewhere too. Some requests are sent many times, so that the record shows
which endpoints Envoy sends to. The same seed gives the same case. Cases that istiod's webhook refuses are left out by `stable.py`.
"""
import json
import random
import sys

import yaml

REGIONS, ZONES, SUBZONES = ["eu", "us", "asia"], ["a", "b"], ["1", "2"]
LABELS = {"version": ["v1", "v2"], "tier": ["gold", "tin"]}
KEYS = ["version", "tier", "version=v1", "tier=tin", "topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone",
        "kubernetes.io/hostname", "topology.istio.io/cluster", "topology.istio.io/network", "nobody-has-it"]


class World:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.docs, self.services, self.requests = [], [], []
        self.nodes = []

    def p(self, x):
        return self.r.random() < x

    def pick(self, xs):
        return self.r.choice(xs)

    def locality(self, sep="/"):
        parts = [self.pick(REGIONS)]
        if self.p(0.85):
            parts.append(self.pick(ZONES))
            if self.p(0.5):
                parts.append(self.pick(SUBZONES))
        return sep.join(parts)

    def labels(self, most=1.0):
        return {k: self.pick(v) for k, v in LABELS.items() if self.p(0.75 * most)}

    def placed(self, seps=".", most=0.6):
        """Labels that place a workload, or none. A slash in a label is refused by Kubernetes, by istiod in its own resources only."""
        if self.p(most):
            return {self.pick(["istio-locality"] * 4 + ["topology.istio.io/locality"]): self.locality(self.pick(seps))}
        return {"topology.istio.io/network": self.pick(["n1", "n2"])} if self.p(0.08) else {}

    def make_nodes(self):
        for n in range(self.r.randint(0, 3)):
            region, zone, sub = (self.locality() + "//").split("/")[:3]
            labels = {}
            if self.p(0.95):
                labels[self.pick(["topology.kubernetes.io/region"] * 4 + ["failure-domain.beta.kubernetes.io/region"])] = region
            if zone:
                labels[self.pick(["topology.kubernetes.io/zone"] * 4 + ["failure-domain.beta.kubernetes.io/zone"])] = zone
            if sub:
                labels["topology.istio.io/subzone"] = sub
            self.nodes.append(f"n{n}")
            self.docs.append({"apiVersion": "v1", "kind": "Node", "metadata": {"name": f"n{n}", "labels": labels}})

    def make_pod(self, name, app):
        spec = {"containers": [{"name": "c", "image": "c"}]}
        if self.nodes and self.p(0.5):
            spec["nodeName"] = self.pick(self.nodes + ["gone"])
        labels = {"app": app, **self.labels(), **self.placed("./")}
        self.docs.append({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "namespace": "default", "labels": labels}, "spec": spec})

    def make_service(self, name):
        spec = {"selector": {"app": name}, "ports": [{"name": "http", "port": 80}]}
        if self.p(0.3):
            spec["ports"].append({"name": "http-admin", "port": 8080})
        meta = {"name": name, "namespace": "default"}
        if self.p(0.12):
            spec["trafficDistribution"] = self.pick(["PreferClose", "PreferSameZone", "PreferSameNode"])
        elif self.p(0.06):
            meta["annotations"] = {"networking.istio.io/traffic-distribution": self.pick(["PreferClose", "prefersamenode", "Any"])}
        if self.p(0.06):
            spec["clusterIP"] = "None"
        self.docs.append({"apiVersion": "v1", "kind": "Service", "metadata": meta, "spec": spec})
        for i in range(self.r.randint(1, 6)):
            self.make_pod(f"{name}-{i}", name)
        self.services.append((name, [p["port"] for p in spec["ports"]], f"{name}.default.svc.cluster.local"))

    def make_entry(self, name):
        resolution = self.pick(["STATIC"] * 3 + ["DNS"] * 2 + ["DNS_ROUND_ROBIN", "NONE"])
        host = f"{name}.example.com"
        spec = {"hosts": [host], "addresses": [f"240.1.1.{len(self.services) + 1}"], "location": self.pick(["MESH_INTERNAL", "MESH_EXTERNAL"]),
                "ports": [{"number": 80, "name": "http", "protocol": "HTTP"}], "resolution": resolution}
        meta = {"name": name, "namespace": "default"}
        if self.p(0.08):
            meta["annotations"] = {"networking.istio.io/traffic-distribution": "PreferClose"}
        if resolution == "STATIC" and self.p(0.35):
            spec["workloadSelector"] = {"labels": {"app": name}}
            for i in range(self.r.randint(1, 4)):
                if self.p(0.4):
                    self.make_pod(f"{name}-{i}", name)
                    continue
                entry = {"address": f"10.7.{len(self.services)}.{i + 1}", "labels": {"app": name, **self.labels(), **self.placed()}}
                self.weigh(entry)
                self.docs.append({"apiVersion": "networking.istio.io/v1", "kind": "WorkloadEntry", "metadata": {"name": f"{name}-{i}", "namespace": "default"}, "spec": entry})
        elif resolution != "NONE":
            few = resolution == "DNS_ROUND_ROBIN"
            one_place = self.p(0.5)
            endpoints = []
            for i in range(self.r.randint(1, 1 if few else 5)):
                e = {"address": f"10.8.{len(self.services)}.{i + 1}" if resolution == "STATIC" else f"h{i}.{host}", "labels": {**self.labels(), **({} if one_place else self.placed())}}
                self.weigh(e, not one_place)
                endpoints.append({k: v for k, v in e.items() if v})
            spec["endpoints"] = endpoints
        self.docs.append({"apiVersion": "networking.istio.io/v1", "kind": "ServiceEntry", "metadata": meta, "spec": spec})
        self.services.append((host, [80], host))

    def weigh(self, entry, placed=True):
        if placed and self.p(0.6):
            entry["locality"] = self.locality()
        if self.p(0.3):
            entry["weight"] = self.pick([1, 2, 3, 5, 8])

    def distribute(self):
        out = []
        for region in self.r.sample(REGIONS, self.r.randint(1, 2)):
            names = self.r.sample(REGIONS, self.r.randint(1, 3))
            cuts = sorted(self.r.sample(range(1, 100), len(names) - 1))
            weights = [b - a for a, b in zip([0, *cuts], [*cuts, 100])]
            to = {self.pick([n, f"{n}/*", f"{n}/{self.pick(ZONES)}", f"{n}/{self.pick(ZONES)}/*"]): w for n, w in zip(names, weights)}
            out.append({"from": self.pick([region, f"{region}/*", f"{region}/{self.pick(ZONES)}/*", f"{region}/{self.pick(ZONES)}"]), "to": to})
        return out

    def failover(self):
        return [{"from": a, "to": self.pick([b for b in REGIONS if b != a])} for a in self.r.sample(REGIONS, self.r.randint(1, 2))]

    def setting(self):
        kind = self.pick(["none", "distribute", "failover", "failover", "labels", "labels", "both", "empty"])
        s = {}
        if kind == "distribute":
            s["distribute"] = self.distribute()
        if kind in ("failover", "both"):
            s["failover"] = self.failover()
        if kind == "labels":
            keys = [k for k in self.r.sample(KEYS, self.r.randint(1, 4))]
            if "topology.istio.io/network" in keys and self.p(0.7):
                keys = ["topology.istio.io/network", *[k for k in keys if k != "topology.istio.io/network"]]
            s["failoverPriority"] = keys
        if kind == "both":
            s["failoverPriority"] = self.r.sample(["version", "tier", "version=v1", "nobody-has-it"], self.r.randint(1, 2))
        if self.p(0.12):
            s["enabled"] = self.p(0.5)
        return None if kind == "none" else s

    def policy(self):
        t = {}
        if self.p(0.6):
            t["outlierDetection"] = self.pick([{}, {"consecutive5xxErrors": 3}, {"consecutiveGatewayErrors": 2, "maxEjectionPercent": 50}])
        lb = {}
        if self.p(0.5):
            lb["simple"] = self.pick(["ROUND_ROBIN", "RANDOM", "LEAST_REQUEST"] * 4 + ["PASSTHROUGH"])
        elif self.p(0.15):
            lb["consistentHash"] = self.pick([{"httpHeaderName": "x-user"}, {"useSourceIp": True}, {"httpHeaderName": "x-user", "maglev": {"tableSize": 1021}}])
        if self.p(0.7):
            s = self.setting()
            if s is not None:
                lb["localityLbSetting"] = s
        elif self.p(0.1):
            lb["zoneAwareLbSetting"] = {k: v for k, v in {"failover": self.failover() if self.p(0.5) else None, "failoverPriority": ["version"] if self.p(0.3) else None,
                                                          "enabled": False if self.p(0.2) else None}.items() if v is not None}
        if lb:
            t["loadBalancer"] = lb
        return t

    def make_rule(self, n, service):
        name, ports, host = service
        policy = self.policy()
        if self.p(0.2):
            policy["portLevelSettings"] = [{"port": {"number": self.pick(ports)}, **(self.policy() or {"outlierDetection": {}})}]
        spec = {"host": self.pick([name, host]), "trafficPolicy": policy}
        if not any(policy.values()) or self.p(0.08):
            spec.pop("trafficPolicy")
        subsets = []
        for s in range(self.r.randint(0, 2)):
            labels = self.pick([{"version": "v1"}, {"version": "v2"}, {"tier": "gold"}, {}, {"topology.kubernetes.io/zone": "a"}, {"topology.kubernetes.io/region": "eu"},
                                {"topology.istio.io/cluster": "Kubernetes"}])
            subset = {"name": f"s{s}", "labels": labels}
            own = self.policy() if self.p(0.5) else {}
            if own:
                subset["trafficPolicy"] = own
            subsets.append(subset)
        if subsets:
            spec["subsets"] = subsets
            to = [{"destination": {"host": host, "subset": s["name"]}} for s in subsets]
            if len(to) == 2:
                to[0]["weight"], to[1]["weight"] = self.pick([(50, 50), (20, 80)])
            self.docs.append({"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": f"vs-{n}", "namespace": "default"},
                              "spec": {"hosts": [name], "http": [{"match": [{"uri": {"prefix": "/s"}}], "route": to}, {"route": [{"destination": {"host": host}}]}]}})
        self.docs.append({"apiVersion": "networking.istio.io/v1", "kind": "DestinationRule", "metadata": {"name": f"dr-{n}", "namespace": "default"}, "spec": spec})
        return bool(subsets)

    def proxies(self):
        out = {}
        for name in ["client", "other"]:
            p = {"type": "sidecar", "namespace": "default", "labels": {"app": name, **self.labels()}}
            if self.p(0.7):
                p["locality"] = self.locality()
            if self.p(0.2):
                p["labels"]["istio-locality"] = self.locality(self.pick(["/", "/", "."]))
            if self.p(0.1):
                p["labels"]["topology.kubernetes.io/region"] = self.pick(REGIONS)
            if self.p(0.25):
                p["node"] = self.pick(self.nodes or ["n0"])
            out[name] = p
        out["gateway"] = {"type": "gateway", "namespace": "istio-system", "labels": {"istio": "ingressgateway"}, **({"locality": self.locality()} if self.p(0.8) else {})}
        return out

    def case(self, name):
        self.make_nodes()
        for i in range(self.r.randint(1, 3)):
            self.make_service(f"web{i}")
        for i in range(self.r.randint(0, 2)):
            self.make_entry(f"db{i}")
        split = [self.make_rule(n, s) if self.p(0.85) else False for n, s in enumerate(self.services)]
        servers = [{"port": {"number": 80, "name": "http", "protocol": "HTTP"}, "hosts": ["*"]}]
        self.docs.append({"apiVersion": "networking.istio.io/v1", "kind": "Gateway", "metadata": {"name": "g", "namespace": "default"}, "spec": {"selector": {"istio": "ingressgateway"}, "servers": servers}})
        for n, (service, _, host) in enumerate(self.services):
            self.docs.append({"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": f"in-{n}", "namespace": "default"},
                              "spec": {"hosts": [f"s{n}.shop.com"], "gateways": ["g"], "http": [{"route": [{"destination": {"host": host, "port": {"number": 80}}}]}]}})
            for caller in ["client", "other"]:
                self.requests.append({"from": caller, "port": 80, "host": service, "path": "/"})
                if split[n]:
                    self.requests.append({"from": caller, "port": 80, "host": service, "path": "/s"})
            self.requests.append({"from": "gateway", "port": 80, "host": f"s{n}.shop.com", "path": "/"})
        for i, q in enumerate(self.requests):
            q["id"] = f"q{i + 1}"
            q["spread"] = 40
        return {"name": name, "config": "---\n".join(yaml.safe_dump(d, sort_keys=False) for d in self.docs), "proxies": self.proxies(), "requests": self.requests}


def main():
    first, count = int(sys.argv[1]), int(sys.argv[2])
    for seed in range(first, first + count):
        print(json.dumps(World(seed).case(f"places-{seed}")))


if __name__ == "__main__":
    main()
