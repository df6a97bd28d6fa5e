#!/usr/bin/env bash
# From nothing to a canary on kind and back to nothing, as the workflow runs it; for your own machine, too.
# Needs: .NET SDK, docker, kind, kubectl, pulumi, curl, openssl; with the linkerd CLI the part with Linkerd, too.
# Takes the kind cluster of this name (default: bookinfo) and makes it where it is not there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

cluster="${1:-bookinfo}"
stack=e2e
provider_image=registry.k8s.io/cloud-provider-kind/cloud-controller-manager:v0.11.1
requests="${REQUESTS:-400}"
istio_version=1.31.1
gateway_api_version=v1.6.1
rollouts_version=v1.9.1
host=bookinfo.example.com

step() { printf '\n== %s\n' "$*"; }
fail() { echo "e2e: $*" >&2; exit 1; }

# A backend of its own in a folder that goes away: no account and no stacks of yours.
backend="$(mktemp -d)"
certificate="$(mktemp -d)"
export PULUMI_BACKEND_URL="file://$backend" PULUMI_CONFIG_PASSPHRASE="" PULUMI_SKIP_UPDATE_CHECK=true
clean_up() { docker rm -f "$cluster-lb" >/dev/null 2>&1 || true; rm -rf "$backend" "$certificate" "Pulumi.$stack.yaml"; }
trap clean_up EXIT

step "cluster"
kind get clusters 2>/dev/null | grep -qx "$cluster" || kind create cluster --name "$cluster" --config kind.yaml --wait 2m
kubectl config use-context "kind-$cluster"
# The one node is a control plane, which load balancers leave out unless told otherwise.
kubectl label nodes --all node.kubernetes.io/exclude-from-external-load-balancers- >/dev/null
docker run -d --rm --name "$cluster-lb" --network kind -v /var/run/docker.sock:/var/run/docker.sock "$provider_image" >/dev/null

step "images"
./images.sh --kind "$cluster"

step "CRDs of the Gateway API, and Argo Rollouts"
kubectl apply --server-side -f "https://github.com/kubernetes-sigs/gateway-api/releases/download/$gateway_api_version/standard-install.yaml" >/dev/null
kubectl get namespace argo-rollouts >/dev/null 2>&1 || kubectl create namespace argo-rollouts
kubectl -n argo-rollouts apply --server-side \
  -f "https://github.com/argoproj/argo-rollouts/releases/download/$rollouts_version/install.yaml" >/dev/null
kubectl -n argo-rollouts rollout status deployment/argo-rollouts --timeout=180s

step "stack: Istio installed, five ways in"
cp Pulumi.kind.yaml "Pulumi.$stack.yaml"
pulumi stack init "$stack"
set_config() { pulumi config set "$1" "$2" --stack "$stack"; }
up() { pulumi up --yes --skip-preview --stack "$stack" >/dev/null || { pulumi stack --stack "$stack" || true; fail "pulumi up failed"; }; }
set_config mesh:kind istio
set_config mesh:install true
set_config mesh:gatewayServiceType LoadBalancer
set_config exposure:gatewayClass istio
set_config exposure:kinds nodeport,loadbalancer,ingress,gateway-api,istio
pulumi up --yes --skip-preview --stack "$stack"

# The page, within two minutes of the first try: a balancer needs a moment after it has its address.
open_page() { # NAME URL
  local page
  for _ in $(seq 60); do
    if page="$(curl -fsS --max-time 5 "$2" 2>/dev/null)" && [[ "$page" == *"The Comedy of Errors"* ]]; then echo "$1: $2"; return; fi
    sleep 2
  done
  curl -sS --max-time 5 -i "$2" | head -20 || true
  kubectl -n bookinfo get pods,services,ingress
  fail "no page by $1 at $2"
}

step "the page"
for way in nodePort loadBalancer ingress gatewayApi istioGateway; do
  open_page "$way" "$(pulumi stack output "${way}Url" --stack "$stack")"
done

# What leaks through a way in that only the page should come through.
step "only the page"
gateway="$(pulumi stack output istioGatewayUrl --stack "$stack")"
status="$(curl -s -o /dev/null -w '%{http_code}' "${gateway%/productpage}/health")"
[ "$status" = 404 ] || [ "$status" = 403 ] || fail "/health answers $status through the gateway"
echo "/health: $status"

reviews="${gateway%/productpage}/api/v1/products/0/reviews"
count_red() {
  local red=0 answer
  for _ in $(seq "$requests"); do
    answer="$(curl -fsS --max-time 10 "$reviews")"
    [[ "$answer" != *'"red"'* ]] || red=$((red + 1))
  done
  echo "$red"
}

# A row of our own among the ratings: it must outlive what follows.
sql() { kubectl -n bookinfo exec ratings-db-0 -c postgres -- psql --username=ratings --dbname=ratings --tuples-only --no-align --command "$1"; }

step "the database outlives two updates"
sql "create table if not exists e2e (mark text); truncate e2e; insert into e2e values ('kept')" >/dev/null
set_config database:storage 512Mi
up
set_config images:postgres docker.io/library/postgres:18.4
up
kubectl -n bookinfo rollout status statefulset/ratings-db --timeout=180s
[ "$(sql 'select mark from e2e')" = kept ] || fail "what was in the database is gone"
echo "kept"

step "canary: reviews v3 from 0 to 100 per cent, $requests requests each"
for share in 0 10 50 100; do
  set_config canary:reviews "v1=$((100 - share)),v3=$share"
  up
  sleep 5
  red="$(count_red)"
  # Four standard deviations: once in sixteen thousand runs by chance.
  awk -v n="$requests" -v p="$share" -v red="$red" 'BEGIN {
    want = n * p / 100; slack = 4 * sqrt(n * p / 100 * (1 - p / 100));
    printf "asked %3d %%, seen %5.1f %% (%d of %d, %.0f to %.0f allowed)\n", p, 100 * red / n, red, n, want - slack, want + slack;
    exit !(red >= want - slack && red <= want + slack) }' || fail "the share is not what was asked for"
done

step "delivery: from weights to Argo Rollouts, to v3, and back"
kubectl apply --server-side -f "https://raw.githubusercontent.com/istio/istio/$istio_version/samples/addons/prometheus.yaml" >/dev/null
kubectl -n istio-system rollout status deployment/prometheus --timeout=180s
# A reader who looks on all the while: answers other than 200 are counted.
failures="$backend/failures"
: > "$failures"
( while [ -d "$backend" ]; do curl -fsS -o /dev/null --max-time 10 "$reviews" 2>/dev/null || echo x >> "$failures"; sleep 0.2; done ) &
reader=$!
phase() { kubectl -n bookinfo get rollout reviews -o jsonpath='{.status.phase}'; }
healthy() { # RELEASE
  for _ in $(seq 150); do
    if [ "$(phase)" = Healthy ] && [ "$(kubectl -n bookinfo get pods -l "app=reviews,version=$1" -o name | wc -l)" -gt 0 ]; then return; fi
    sleep 2
  done
  kubectl -n bookinfo describe rollout reviews | tail -40
  fail "the Rollout is $(phase), not Healthy at $1"
}
pulumi config rm canary:reviews --stack "$stack"
set_config delivery:reviews v1
set_config delivery:pause 15s
up
healthy v1
set_config delivery:reviews v3
up
healthy v3
red="$(count_red)"
[ "$red" = "$requests" ] || fail "after the delivery of v3 $red of $requests answers have red stars"
pulumi config rm delivery:reviews --stack "$stack"
set_config canary:reviews v1=100
up
sleep 5
kill "$reader"
wait "$reader" 2>/dev/null || true
[ "$(count_red)" = 0 ] || fail "after the way back some answers have red stars"
echo "$(wc -l < "$failures") answers failed on the way"

step "TLS at both gateways"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$host" -addext "subjectAltName=DNS:$host" \
  -keyout "$certificate/tls.key" -out "$certificate/tls.crt" 2>/dev/null
for space in bookinfo istio-ingress; do
  kubectl -n "$space" create secret tls e2e-tls --cert="$certificate/tls.crt" --key="$certificate/tls.key"
done
addresses="$(for way in gatewayApi istioGateway; do pulumi stack output "${way}Url" --stack "$stack" | cut -d/ -f3; done)"
set_config exposure:host "$host"
set_config exposure:tlsSecret e2e-tls
up
for address in $addresses; do
  for _ in $(seq 30); do
    page="$(curl -fsS --max-time 5 --cacert "$certificate/tls.crt" --connect-to "$host:443:$address:443" "https://$host/productpage" 2>/dev/null)" && break
    sleep 2
  done
  [[ "$page" == *"The Comedy of Errors"* ]] || fail "no page over TLS at $address"
  status="$(curl -s -o /dev/null -w '%{http_code}' --connect-to "$host:80:$address:80" "http://$host/productpage")"
  [ "$status" = 301 ] || fail "plain HTTP at $address answers $status, not 301"
  echo "$address: TLS, and 301 without"
done

step "destroy"
kubectl delete -f "https://raw.githubusercontent.com/istio/istio/$istio_version/samples/addons/prometheus.yaml" >/dev/null
pulumi destroy --yes --skip-preview --stack "$stack"
# Istio's chart keeps its CRDs on purpose, so that rules do not vanish with a release.
kubectl get crd -o name | grep 'istio\.io$' | xargs -r kubectl delete >/dev/null
nothing_left() { # NAMESPACE...
  local left space
  for space in "$@"; do
    ! kubectl get namespace "$space" >/dev/null 2>&1 || fail "the namespace $space is still there"
    left="$(kubectl get persistentvolume -o jsonpath="{range .items[?(@.spec.claimRef.namespace=='$space')]}{.metadata.name} {end}")"
    [ -z "$left" ] || fail "volumes of the namespace $space are left: $left"
  done
  left="$(kubectl get clusterrole,clusterrolebinding,validatingwebhookconfiguration,mutatingwebhookconfiguration -o name \
    | grep -iE 'istio|bookinfo' || true)"
  [ -z "$left" ] || fail "left behind: $left"
  echo "nothing left"
}
nothing_left bookinfo istio-system istio-ingress

if command -v linkerd >/dev/null; then
  step "Linkerd: installed by its own tools, the canary as routes"
  linkerd install --crds | kubectl apply -f - >/dev/null
  linkerd install-cni | kubectl apply -f - >/dev/null
  linkerd install --linkerd-cni-enabled | kubectl apply -f - >/dev/null
  linkerd check --wait 5m >/dev/null || { linkerd check || true; fail "Linkerd is not ready"; }
  cp Pulumi.kind.yaml "Pulumi.$stack.yaml"
  set_config mesh:kind linkerd
  set_config canary:reviews v1=50,v3=50
  up
  open_page nodePort "$(pulumi stack output nodePortUrl --stack "$stack")"
  reviews="http://localhost:30080/api/v1/products/0/reviews"
  red="$(count_red)"
  awk -v n="$requests" -v red="$red" 'BEGIN { slack = 4 * sqrt(n / 4); exit !(red >= n / 2 - slack && red <= n / 2 + slack) }' \
    || fail "asked 50 %, seen $red of $requests"
  echo "asked 50 %, seen $red of $requests"
  pulumi destroy --yes --skip-preview --stack "$stack"
  nothing_left bookinfo
else
  echo "the linkerd CLI is not installed: the part with Linkerd was left out"
fi
