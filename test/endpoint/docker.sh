#!/bin/sh
# The laboratory's Docker, but for builds: the server's image is built elsewhere, and a tiny one of the same tag stands in.
here=$(dirname "$0")
if [ "$1" = build ]; then
  for argument; do
    [ "$previous" = --tag ] && tag=$argument
    previous=$argument
  done
  exec podman build --tag "$tag" --target cpu "$here/../infra/image"
fi
exec "$here/../infra/docker.sh" "$@"
