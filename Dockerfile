# syntax=docker/dockerfile:1
# Targets: production (the default) is the bot, demo is the bot with its stand and the chat page.

FROM node:24-slim AS dependencies
ENV SCARF_ANALYTICS=false
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci

FROM dependencies AS build
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build

FROM dependencies AS production-dependencies
RUN npm prune --omit=dev

FROM build AS demo
ENV HOME=/tmp
COPY stand ./stand
RUN install -d -o node -g node data
USER node
# The same as `npm run demo`, with node itself as PID 1, so that it gets the signals.
CMD ["node", "--import", "tsx", "stand/demo.ts"]

FROM node:24-slim AS production
# TZ is the time zone of the times that suppliers read; Node brings its own table of zones.
ENV NODE_ENV=production TZ=UTC
WORKDIR /app
COPY --from=production-dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
RUN install -d -o node -g node data
USER node
VOLUME /app/data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.MANAGEMENT_PORT || process.env.PORT || 3000}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-old-space-size=512", "--max-semi-space-size=16", "--enable-source-maps", "dist/main.js"]
