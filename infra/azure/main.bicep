// Everything Tidings needs in one resource group: names, tags and which part gets what. Resources are in app/.
targetScope = 'subscription'

@minLength(1)
@maxLength(64)
@description('Name of the azd environment; part of every name.')
param environmentName string

@minLength(1)
@description('A region that has Flex Consumption.')
param location string

@description('Object id of who deploys: gets the same data roles as the app, so that keys can be made and the operator\'s commands work. Empty: nobody.')
param principalId string = ''

@allowed(['User', 'ServicePrincipal'])
@description('What principalId is: a person, or the identity of a pipeline.')
param principalType string = 'User'

@description('Object id of the product\'s identity: may put events on the queue and take what it is told. Empty: the product uses HTTP and a function key, or is granted its roles later.')
param productPrincipalId string = ''

@description('Address of the app as browsers reach it, when it has a domain of its own. Empty: the one that Azure gives.')
param publicUrl string = ''

@description('The settings that an operator chooses: docs/configuration.md. An empty one counts as missing.')
param settings object

@description('Instances that are always ready, such as "http=1,function:send-digest=1". Empty: none, and idle costs nothing.')
param alwaysReady string = ''

@description('The most instances at once, 1 to 1000.')
param maximumInstanceCount string = '100'

@allowed(['512', '2048', '4096'])
@description('Memory of an instance in MB.')
param instanceMemoryMB string = '2048'

@allowed(['off', 'on'])
@description('on: storage and vault are reached only through private endpoints. Costs about 30 US dollars a month.')
param privateNetwork string = 'off'

@allowed(['off', 'on'])
@description('off only for environments that are thrown away: with on a vault cannot be purged for 90 days.')
param purgeProtection string = 'on'

@description('Where alerts are sent. Empty: they are only shown in the portal.')
param alertEmail string = ''

@description('Where docs/ of this version can be read, with a slash at its end, such as https://github.com/OWNER/REPOSITORY/blob/main/docs/. Empty: alerts name the page of their runbook alone.')
param docsUrl string = ''

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var names = {
  functionApp: 'func-${token}'
  plan: 'plan-${token}'
  storage: 'st${token}'
  vault: 'kv-${token}'
  identity: 'id-${token}'
  workspace: 'log-${token}'
  insights: 'appi-${token}'
  network: 'vnet-${token}'
}
// The container that a deployment is put into: declared by storage, told to the app.
var deploymentContainer = 'app-package'
var address = empty(publicUrl) ? 'https://${names.functionApp}.azurewebsites.net' : publicUrl

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'app/identity.bicep' = {
  name: 'identity'
  scope: group
  params: { name: names.identity, location: location, tags: tags }
}

module monitoring 'app/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: { workspaceName: names.workspace, insightsName: names.insights, location: location, tags: tags }
}

module storage 'app/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: names.storage
    location: location
    tags: tags
    deploymentContainer: deploymentContainer
    isPrivate: privateNetwork == 'on'
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'app/key-vault.bicep' = {
  name: 'key-vault'
  scope: group
  params: {
    name: names.vault
    location: location
    tags: tags
    purgeProtection: purgeProtection == 'on'
    isPrivate: privateNetwork == 'on'
    workspaceId: monitoring.outputs.workspaceId
  }
}

module network 'app/network.bicep' = if (privateNetwork == 'on') {
  name: 'network'
  scope: group
  params: {
    name: names.network
    location: location
    tags: tags
    storageAccountName: storage.outputs.name
    vaultName: vault.outputs.name
  }
}

module rbac 'app/rbac.bicep' = {
  name: 'rbac'
  scope: group
  params: {
    storageAccountName: storage.outputs.name
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
    appPrincipalId: identity.outputs.principalId
    operatorPrincipalId: principalId
    operatorPrincipalType: principalType
    productPrincipalId: productPrincipalId
  }
}

module app 'app/function-app.bicep' = {
  name: 'function-app'
  scope: group
  params: {
    name: names.functionApp
    planName: names.plan
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    deploymentContainer: deploymentContainer
    vaultUrl: vault.outputs.url
    insightsName: monitoring.outputs.insightsName
    publicUrl: address
    settings: settings
    alwaysReady: alwaysReady
    maximumInstanceCount: int(maximumInstanceCount)
    instanceMemoryMB: int(instanceMemoryMB)
    subnetId: privateNetwork == 'on' ? network!.outputs.appSubnetId : ''
    workspaceId: monitoring.outputs.workspaceId
  }
  // A role takes minutes to arrive: granted before the app first starts.
  dependsOn: [rbac]
}

module alerts 'app/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    insightsName: monitoring.outputs.insightsName
    location: location
    tags: tags
    email: alertEmail
    docsUrl: docsUrl
  }
}

module workbook 'app/workbook.bicep' = {
  name: 'workbook'
  scope: group
  params: { insightsName: monitoring.outputs.insightsName, location: location, tags: tags }
}

output AZURE_LOCATION string = location
output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output SERVICE_API_NAME string = app.outputs.name
output SERVICE_API_URL string = address
output STORAGE_ACCOUNT_NAME string = storage.outputs.name
output KEY_VAULT_URL string = vault.outputs.url
