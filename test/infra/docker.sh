#!/bin/sh
# What CDK takes for Docker: podman, with the account's registry on loopback at LOOPBACK_REGISTRY.
case $1 in
  login) cat >/dev/null ;;
  push) exec podman push --quiet --tls-verify=false "$2" "docker://$LOOPBACK_REGISTRY/${2#*/}" ;;
  *) exec podman "$@" ;;
esac
