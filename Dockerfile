# inqud-hook in a container. docs/ci.md says how to run it.

FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc tsconfig.json ./
COPY .config .config
COPY bin bin
COPY fixtures fixtures
COPY src src
# It builds the program as well.
RUN npm ci --include=dev

# Commands of yours, such as that of --state-command, need a shell: an image without one is no choice.
FROM node:24-slim
WORKDIR /opt/inqud-hook
COPY package.json LICENSE ./
COPY bin bin
COPY fixtures fixtures
# The program is whole: it needs no package beside it.
COPY --from=build /build/dist/cli dist/cli
WORKDIR /work
USER node
ENTRYPOINT ["node", "/opt/inqud-hook/bin/inqud-hook.js"]
CMD ["--help"]
