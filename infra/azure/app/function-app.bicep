// The function app on Flex Consumption, and its settings.
param name string
param planName string
param location string
param tags object
param identityId string
param identityClientId string
param storageAccountName string
param deploymentContainer string
param vaultUrl string
param insightsName string
param publicUrl string
param settings object
param alwaysReady string
param maximumInstanceCount int
param instanceMemoryMB int
param subnetId string
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageAccountName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

// Storage by identity. accountName stands beside the addresses because hosts that see only those sometimes fail at start
// (azure-functions-host issue 11787); AzureWebJobsStorage itself must be absent, not empty (issue 11636).
// The exporter's figures about itself, which would go to Microsoft, are off.
var hostSettings = [
  { name: 'AzureWebJobsStorage__accountName', value: account.name }
  { name: 'AzureWebJobsStorage__blobServiceUri', value: account.properties.primaryEndpoints.blob }
  { name: 'AzureWebJobsStorage__queueServiceUri', value: account.properties.primaryEndpoints.queue }
  { name: 'AzureWebJobsStorage__tableServiceUri', value: account.properties.primaryEndpoints.table }
  { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
  { name: 'AzureWebJobsStorage__clientId', value: identityClientId }
  { name: 'AzureWebJobsDisableHomepage', value: 'true' }
  { name: 'AZURE_CLIENT_ID', value: identityClientId }
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
  { name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING', value: 'ClientId=${identityClientId};Authorization=AAD' }
  { name: 'APPLICATION_INSIGHTS_NO_STATSBEAT', value: 'true' }
  { name: 'APPLICATIONINSIGHTS_SDKSTATS_DISABLED', value: 'true' }
]

// As in shared/platform/config.ts, which a check compares; an empty one counts as missing there.
var ownSettings = [
  { name: 'PUBLIC_URL', value: publicUrl }
  { name: 'KEY_VAULT_URL', value: vaultUrl }
  { name: 'CATALOGUE', value: settings.CATALOGUE }
  { name: 'ACCOUNT_FROM', value: settings.ACCOUNT_FROM }
  { name: 'ALLOWED_TENANTS', value: settings.ALLOWED_TENANTS }
  { name: 'SIGN_IN_URL', value: settings.SIGN_IN_URL }
  { name: 'SETUP_TOKEN_ISSUER', value: settings.SETUP_TOKEN_ISSUER }
  { name: 'SETUP_TOKEN_ALGORITHM', value: settings.SETUP_TOKEN_ALGORITHM }
  { name: 'SETUP_TOKEN_JWKS', value: settings.SETUP_TOKEN_JWKS }
  { name: 'CONNECTOR_APP_ID', value: settings.CONNECTOR_APP_ID }
  { name: 'CONNECT_URL', value: settings.CONNECT_URL }
  { name: 'ENTRA_CLIENT_ID', value: settings.ENTRA_CLIENT_ID }
  { name: 'ACTION_AUDIENCE', value: settings.ACTION_AUDIENCE }
  { name: 'ACTION_ISSUERS', value: settings.ACTION_ISSUERS }
  { name: 'FRAME_ANCESTORS_EXTRA', value: settings.FRAME_ANCESTORS_EXTRA }
  { name: 'CARD_BUDGET_BYTES', value: settings.CARD_BUDGET_BYTES }
  { name: 'TRACES_PER_SECOND', value: settings.TRACES_PER_SECOND }
]

var alwaysReadyPairs = empty(alwaysReady) ? [] : split(alwaysReady, ',')

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp,linux'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  // azd finds the app that it deploys to by this tag.
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      runtime: { name: 'node', version: '22' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: [for pair in alwaysReadyPairs: {
          name: split(pair, '=')[0]
          instanceCount: int(split(pair, '=')[1])
        }]
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${account.properties.primaryEndpoints.blob}${deploymentContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      appSettings: concat(hostSettings, ownSettings)
    }
  }

  // Deployments come with an identity; user names and passwords are switched off.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

// Figures only: the lines are in Application Insights.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: app
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output name string = app.name
