#!/usr/bin/env bash
# From nothing to a canary on kind and back to nothing, as the workflow runs it; for your own machine, too.
# Needs: .NET SDK, docker, kind, kubectl, pulumi, curl. Takes the kind cluster of this name (default: bookinfo) and makes it where it is not there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

cluster="${1:-bookinfo}"
stack=e2e
provider_image=registry.k8s.io/cloud-provider-kind/cloud-controller-manager:v0.11.1
requests="${REQUESTS:-400}"

step() { printf '\n== %s\n' "$*"; }
fail() { echo "e2e: $*" >&2; exit 1; }

# A backend of its own in a folder that goes away: nobody's account, nobody's stacks.
backend="$(mktemp -d)"
export PULUMI_BACKEND_URL="file://$backend" PULUMI_CONFIG_PASSPHRASE="" PULUMI_SKIP_UPDATE_CHECK=true
clean_up() { docker rm -f "$cluster-lb" >/dev/null 2>&1 || true; rm -rf "$backend" "Pulumi.$stack.yaml"; }
trap clean_up EXIT

step "cluster"
kind get clusters 2>/dev/null | grep -qx "$cluster" || kind create cluster --name "$cluster" --config kind.yaml --wait 2m
kubectl config use-context "kind-$cluster"
# The one node is a control plane, which load balancers leave out unless told otherwise.
kubectl label nodes --all node.kubernetes.io/exclude-from-external-load-balancers- >/dev/null
docker run -d --rm --name "$cluster-lb" --network kind -v /var/run/docker.sock:/var/run/docker.sock "$provider_image" >/dev/null

step "images"
./images.sh --kind "$cluster"

step "stack: Istio installed, four ways in"
cp Pulumi.kind.yaml "Pulumi.$stack.yaml"
pulumi stack init "$stack"
set_config() { pulumi config set "$1" "$2" --stack "$stack"; }
set_config mesh:kind istio
set_config mesh:install true
set_config mesh:gatewayServiceType LoadBalancer
set_config exposure:kinds nodeport,loadbalancer,ingress,istio
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
for way in nodePort loadBalancer ingress istioGateway; do
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

step "canary: reviews v3 from 0 to 100 per cent, $requests requests each"
for share in 0 10 50 100; do
  set_config canary:reviews "v1=$((100 - share)),v3=$share"
  pulumi up --yes --skip-preview --stack "$stack" >/dev/null
  sleep 5
  red="$(count_red)"
  # Four standard deviations: once in sixteen thousand runs by chance.
  awk -v n="$requests" -v p="$share" -v red="$red" 'BEGIN {
    want = n * p / 100; slack = 4 * sqrt(n * p / 100 * (1 - p / 100));
    printf "asked %3d %%, seen %5.1f %% (%d of %d, %.0f to %.0f allowed)\n", p, 100 * red / n, red, n, want - slack, want + slack;
    exit !(red >= want - slack && red <= want + slack) }' || fail "the share is not what was asked for"
done

step "destroy"
pulumi destroy --yes --skip-preview --stack "$stack"
# Istio's chart keeps its CRDs on purpose, so that nobody's rules vanish with a release.
kubectl get crd -o name | grep 'istio\.io$' | xargs -r kubectl delete >/dev/null
for space in bookinfo istio-system istio-ingress; do
  kubectl get namespace "$space" >/dev/null 2>&1 && fail "the namespace $space is still there"
done
left="$(kubectl get clusterrole,clusterrolebinding,validatingwebhookconfiguration,mutatingwebhookconfiguration,persistentvolume -o name | grep -iE 'istio|bookinfo' || true)"
[ -z "$left" ] || fail "left behind: $left"
echo "nothing left"
