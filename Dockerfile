# The app on the official Functions image, for those who run containers; infra/kubernetes has KEDA's scaler for it.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && find dist -name '*.map' -delete

FROM mcr.microsoft.com/azure-functions/node:4-node22
ENV AzureWebJobsScriptRoot=/home/site/wwwroot \
    AzureFunctionsJobHost__Logging__Console__IsEnabled=true \
    AzureWebJobsDisableHomepage=true \
    CATALOGUE=/home/site/wwwroot/dist/catalogue.json
COPY --from=build /app/host.json /app/package.json /home/site/wwwroot/
COPY --from=build /app/dist /home/site/wwwroot/dist
