# The server in a container: CPU by default, CUDA with --target gpu. How to run it: docs/container.md
#
#   docker build -t parlance .
#   docker build -t parlance:gpu --target gpu .
#
# Behind a proxy that signs with an authority of its own, or with a registry of your own (both optional):
#   --secret id=ca,src=ca.pem --secret id=npmrc,src=$HOME/.npmrc --secret id=pip,src=pip.conf

# A digest may follow the tag: node:24.21.0-bookworm-slim@sha256:…
ARG NODE_IMAGE=docker.io/library/node:24.21.0-bookworm-slim

# The compiled program, and the list of the packages that it serves with: package.json has more, for laptops.
FROM ${NODE_IMAGE} AS program
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
COPY container/unneeded-packages.ts container/
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc --mount=type=secret,id=ca \
    if [ -f /run/secrets/ca ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca; fi; \
    mkdir /served && cp package.json package-lock.json .npmrc /served/ \
    && npm uninstall --package-lock-only --offline --no-audit --no-fund $(node container/unneeded-packages.ts build) \
    && npm ci --ignore-scripts --no-audit --no-fund --prefer-offline
COPY tsconfig.json tsconfig.build.json ./
COPY src src
RUN npx tsc -p tsconfig.build.json --declaration false --sourceMap false \
    && npm uninstall --prefix /served --package-lock-only --offline --no-audit --no-fund $(node container/unneeded-packages.ts serve)

# Those packages, without other platforms' binaries.
FROM ${NODE_IMAGE} AS packages
WORKDIR /served
COPY --from=program /served ./
COPY container/collect-licences.ts container/prune-packages.ts container/
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc --mount=type=secret,id=ca \
    if [ -f /run/secrets/ca ]; then export NODE_EXTRA_CA_CERTS=/run/secrets/ca; fi; \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund --prefer-offline \
    && npm sbom --omit=dev --package-lock-only --sbom-format cyclonedx --sbom-type application > sbom.cdx.json \
    && node container/collect-licences.ts && node container/prune-packages.ts

# Everything but CUDA.
FROM ${NODE_IMAGE} AS server
ARG VERSION=0.1.0
ARG REVISION=unknown
ARG NODE_IMAGE
LABEL org.opencontainers.image.title="parlance" \
      org.opencontainers.image.description="An LLM server on ONNX Runtime that speaks TGI's, OpenAI's and SageMaker's APIs" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${NODE_IMAGE}" \
      com.amazonaws.sagemaker.capabilities.accept-bind-to-port="true"
# SageMaker puts the instance's disk behind /tmp, and kills 30 s after SIGTERM.
ENV NODE_ENV=production \
    PORT=8080 \
    HF_HOME=/tmp/huggingface \
    XDG_CACHE_HOME=/tmp/cache \
    GRACEFUL_TERMINATION_TIMEOUT=25
WORKDIR /opt/parlance
COPY --from=packages /served/node_modules node_modules
COPY --from=packages /served/sbom.cdx.json /served/THIRD-PARTY-LICENCES.txt ./
COPY LICENSE package.json ./
COPY demo-model demo-model
COPY container/entry.js container/check-health.js container/
COPY --from=program /build/dist dist
EXPOSE 8080
# Root, as SageMaker expects of containers; any other user can run it, too (docker run --user 1000).
USER root
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=2s --start-period=10m CMD ["node", "/opt/parlance/container/check-health.js"]
ENTRYPOINT ["node", "/opt/parlance/container/entry.js"]
CMD ["serve"]

# ONNX Runtime's CUDA provider and the libraries that it needs; the driver comes from the host.
FROM ${NODE_IMAGE} AS cuda
RUN apt-get -o Acquire::Retries=5 update && apt-get install -y --no-install-recommends python3-pip unzip
COPY container/cuda-wheels.txt container/unpack-cuda.ts /build/
RUN --mount=type=secret,id=ca --mount=type=secret,id=pip,target=/root/.config/pip/pip.conf \
    if [ -f /run/secrets/ca ]; then export PIP_CERT=/run/secrets/ca; fi; \
    node /build/unpack-cuda.ts /build/cuda-wheels.txt /cuda

FROM server AS gpu
COPY --from=cuda /cuda/lib node_modules/onnxruntime-node/bin/napi-v6/linux/x64
COPY --from=cuda /cuda/licences cuda-licences
COPY --from=cuda /cuda/sbom.cdx.json cuda-sbom.cdx.json
ENV EXECUTION_PROVIDER=cuda \
    LD_LIBRARY_PATH=/opt/parlance/node_modules/onnxruntime-node/bin/napi-v6/linux/x64 \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    NVIDIA_REQUIRE_CUDA=cuda>=13.0

FROM server AS cpu
