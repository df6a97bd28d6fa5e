#!/usr/bin/env bash
# Builds the services' images with nothing but the .NET SDK (no Dockerfile, no Docker daemon) and brings them where a cluster finds them.
#
#   images.sh --kind [CLUSTER]                               for this machine's architecture, loaded into a kind cluster (default: kind)
#   images.sh --push --repository ghcr.io/acme/bookinfo      for linux/amd64 and linux/arm64, pushed; log in first (docker login)
#   images.sh --archive DIR                                  for this machine's architecture, one .tar.gz each, as kind and ctr load them
#
#   --repository NAME   registry and path before the service's name (default: bookinfo), as images:repository
#   --tag TAG           the tag (default: dev), as images:tag
#   --service NAME      only this service; may be repeated
#   -- ARGS             for dotnet publish, for example -- -p:ContainerBaseImage=...
# Runs under the bash 3.2 of macOS, where an empty array counts as unset: hence ${extra[@]+"${extra[@]}"}.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
mode="" cluster=kind folder="" repository=bookinfo tag=dev only=() extra=()

usage() { sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }
fail() { echo "images.sh: $*" >&2; exit 2; }
value() { [ $# -ge 2 ] && [ "${2#--}" = "$2" ] || fail "$1 needs a value"; }

while [ $# -gt 0 ]; do
  case "$1" in
    --kind) mode=kind; if [ $# -ge 2 ] && [ "${2#-}" = "$2" ]; then cluster="$2"; shift; fi ;;
    --push) mode=push ;;
    --archive) value "$@"; mode=archive; folder="$2"; shift ;;
    --repository) value "$@"; repository="${2%/}"; shift ;;
    --tag) value "$@"; tag="$2"; shift ;;
    --service) value "$@"; only+=("$2"); shift ;;
    --help|-h) usage; exit 0 ;;
    --) shift; extra=("$@"); break ;;
    *) fail "unknown option $1 (see --help)" ;;
  esac
  shift
done
[ -n "$mode" ] || { usage >&2; exit 2; }

case "$mode" in
  kind) command -v kind >/dev/null || fail "kind is not installed: https://kind.sigs.k8s.io"
        kind get clusters 2>/dev/null | grep -qx "$cluster" || fail "there is no kind cluster $cluster: kind create cluster --config infra/Cluster/kind.yaml"
        folder="$(mktemp -d)"; trap 'rm -rf "$folder"' EXIT ;;
  archive) mkdir -p "$folder"; folder="$(cd "$folder" && pwd)" ;;
esac

# A first part with a dot, a colon or "localhost" is a registry; anything else a path on the default one.
registry="" path="$repository"
case "${repository%%/*}" in *.*|*:*|localhost) registry="${repository%%/*}"; path="${repository#*/}" ;; esac
[ "$mode" != push ] || [ -n "$registry" ] || fail "--push needs --repository with a registry, such as ghcr.io/acme/bookinfo"

machine="$(uname -m)"
case "$machine" in x86_64|amd64) runtime=linux-x64 ;; aarch64|arm64) runtime=linux-arm64 ;; *) fail "no .NET runtime image for $machine" ;; esac

publish() { # SERVICE PROJECT
  local name="$1" project="$2" file="$folder/$1.tar.gz"
  echo "== $repository/$name:$tag"
  if [ "$mode" = push ]; then
    dotnet publish "$project" -c Release -v quiet --nologo -t:PublishContainer -p:RuntimeIdentifiers='"linux-x64;linux-arm64"' \
      -p:ContainerRuntimeIdentifiers='"linux-x64;linux-arm64"' -p:ContainerRegistry="$registry" -p:ContainerRepository="$path/$name" -p:ContainerImageTag="$tag" ${extra[@]+"${extra[@]}"}
    return
  fi
  # In Docker's format an archive names its image; in OCI's containerd would make a name up.
  dotnet publish "$project" -c Release -v quiet --nologo -r "$runtime" --self-contained false -t:PublishContainer \
    -p:ContainerArchiveOutputPath="$file" -p:ContainerImageFormat=Docker -p:ContainerRepository="$repository/$name" -p:ContainerImageTag="$tag" ${extra[@]+"${extra[@]}"}
  [ "$mode" != kind ] || kind load image-archive "$file" --name "$cluster"
}

built=0
for program in "$root"/services/*/Program.cs; do
  folder_name="$(basename "$(dirname "$program")")"
  name="$(echo "$folder_name" | tr '[:upper:]' '[:lower:]')"
  if [ ${#only[@]} -eq 0 ] || printf '%s\n' "${only[@]}" | grep -qx "$name"; then
    publish "$name" "$root/services/$folder_name/$folder_name.csproj"
    built=$((built + 1))
  fi
done
[ "$built" -gt 0 ] || fail "no such service: ${only[*]}"

# What a stack pins: a tag can be moved, a digest cannot.
if [ "$mode" = push ] && command -v docker >/dev/null && docker buildx version >/dev/null 2>&1; then
  echo "== for the stack file"
  echo "  images:repository: $repository"
  echo "  images:tag: $tag"
  echo "  images:digests:"
  for program in "$root"/services/*/Program.cs; do
    name="$(basename "$(dirname "$program")" | tr '[:upper:]' '[:lower:]')"
    digest="$(docker buildx imagetools inspect "$repository/$name:$tag" --format '{{.Manifest.Digest}}' 2>/dev/null)" && echo "    $name: \"$digest\""
  done
fi
echo "$built images built"
